package org.allocman.xous;

import static org.allocman.xous.XousMachineSubject.DEVICES;
import static org.allocman.xous.XousMachineSubject.DEVICE_PAGES;
import static org.allocman.xous.XousMachineSubject.RAM;
import static org.allocman.xous.XousModel.PAGE;

import java.util.Arrays;
import java.util.List;
import org.allocman.check.action.Outcome;
import org.allocman.lab.workload.XorShift;
import org.allocman.xous.process.Flags;

/** Any call of any process, with arguments that are right, nearly right, or at an edge; a number decides. */
final class XousDraws {
    private static final int[] FLAGS = {
        Flags.READ | Flags.WRITE,
        Flags.READ | Flags.WRITE,
        Flags.READ,
        Flags.READ | Flags.EXECUTE,
        Flags.READ | Flags.WRITE | Flags.EXECUTE,
        Flags.WRITE,
        0,
        0x40
    };
    private static final int KINDS = 23;
    private static final int MOST_PROCESSES = 4;

    private final XousMachineSubject subject;
    private final long ramPages;

    XousDraws(XousMachineSubject subject, long ramPages) {
        this.subject = subject;
        this.ramPages = ramPages;
    }

    /** Makes the call that a number means. */
    Outcome perform(long draw) {
        XorShift random = new XorShift(draw * 2 + 1);
        random.next();
        XousModel model = subject.model();
        List<Integer> pids = List.copyOf(model.processes.keySet());
        if (pids.isEmpty()) {
            return subject.spawn();
        }
        int pid = pids.get(random.below(pids.size()));
        int other = pids.get(random.below(pids.size()));
        int flags = FLAGS[random.below(FLAGS.length)];
        long at = place(model, pid, random);
        long size = (1 + random.below(4)) * PAGE + (random.below(24) == 0 ? 4 : 0);
        return switch (random.below(KINDS)) {
            case 0 -> pids.size() < MOST_PROCESSES ? subject.spawn() : end(model, pid);
            case 1 -> random.below(3) == 0 ? end(model, pid) : subject.touch(pid, at + 8);
            case 2, 3 -> subject.map(pid, 0, random.below(3) == 0 ? at : 0, size, flags);
            case 4 -> subject.map(pid, physical(model, random), 0, PAGE, flags);
            case 5 -> subject.map(pid, physical(model, random), random.below(2) == 0 ? at : 0, size, flags);
            case 6 -> subject.map(pid, 0, 0, size, flags | Flags.DEVICE);
            case 7, 8 -> subject.touch(pid, at + random.below((int) PAGE));
            case 9 -> subject.unmap(pid, at, size);
            case 10 -> subject.unmap(pid, at, PAGE);
            case 11 -> subject.increaseHeap(pid, random.below(5) * PAGE, flags);
            case 12 -> subject.decreaseHeap(pid, random.below(5) * PAGE);
            case 13 -> subject.updateFlags(pid, at, size, flags, random.below(20) == 0 ? other : 0);
            case 14 -> subject.lend(pid, at, size, other, random.below(3) != 0);
            case 15 -> subject.lend(pid, at, PAGE, other, random.below(2) != 0);
            case 16 -> giveBack(model, pid, random);
            case 17 -> subject.move(pid, at, random.below(2) == 0 ? PAGE : size, other);
            case 18 -> subject.map(Pid.KERNEL, physical(model, random), ofKernel(random), size, flags);
            case 19 -> subject.map(Pid.KERNEL, physical(model, random), ofKernel(random), PAGE, flags);
            case 20 -> subject.unmap(Pid.KERNEL, ofKernel(random), random.below(3) == 0 ? size : PAGE);
            case 21 ->
                random.below(2) == 0
                        ? subject.thread(pid, at + random.below(64), 1 + random.below(2 * (int) PAGE))
                        : interrupt(random.below(4) == 0 ? Pid.KERNEL : pid, random);
            default ->
                random.below(4) == 0
                        ? subject.limit(
                                pid,
                                1 + random.below(3),
                                random.below(2) == 0 ? model.of(pid).heapSize : model.of(pid).heapMost,
                                random.below(200) * PAGE)
                        : subject.store(pid, at, 1 + draw % 1000);
        };
    }

    /** One that has much ends rather than one that has little. */
    private Outcome end(XousModel model, int pid) {
        int most = pid;
        for (int other : model.processes.keySet()) {
            most = weight(model, other) > weight(model, most) ? other : most;
        }
        return subject.exit(most);
    }

    private static long weight(XousModel model, int pid) {
        long loans = model.loans.values().stream()
                .filter(loan -> loan.from == pid || loan.to == pid)
                .count();
        long interrupts =
                Arrays.stream(model.interrupts).filter(owner -> owner == pid).count();
        return 10 * loans + 10 * interrupts + model.of(pid).cells.size();
    }

    private Outcome interrupt(int pid, XorShift random) {
        int number = random.below(4) == 0 ? 31 + random.below(2) : random.below(4);
        return random.below(3) == 0 ? subject.freeInterrupt(pid, number) : subject.claimInterrupt(pid, number);
    }

    /** A page of a process' addresses: mostly one where something is. */
    private static long place(XousModel model, int pid, XorShift random) {
        List<Long> all = List.copyOf(model.of(pid).cells.headMap(0x7ffe_0000L).keySet());
        int draw = random.below(16);
        if (draw == 0) {
            return 0x0100_0000L + random.below(4) * PAGE;
        }
        if (draw == 1) {
            return XousModel.END - PAGE;
        }
        if (draw == 2) {
            return 0x6040_0000L - PAGE;
        }
        if (all.isEmpty() || draw == 3) {
            return 0x6000_0000L + random.below(8) * PAGE + (random.below(8) == 0 ? 4 : 0);
        }
        return all.get(random.below(all.size()));
    }

    /** A page of memory: the first and the last of each range, and what lies around them, more often than others. */
    private long physical(XousModel model, XorShift random) {
        return switch (random.below(12)) {
            case 0 -> RAM + (ramPages - 1) * PAGE;
            case 1 -> RAM + (ramPages - 2) * PAGE;
            case 2 -> RAM + ramPages * PAGE;
            case 3 -> DEVICES;
            case 4, 5 -> DEVICES + (DEVICE_PAGES - 1) * PAGE;
            case 6 -> DEVICES - PAGE;
            case 7 -> RAM + 4;
            case 8, 9 -> {
                List<Long> all = List.copyOf(model.frames().keySet());
                yield all.isEmpty() ? RAM : all.get(random.below(all.size()));
            }
            default -> RAM + random.below((int) ramPages) * PAGE;
        };
    }

    /** Where PID 1 maps: mostly behind the first window's own page. */
    private static long ofKernel(XorShift random) {
        return switch (random.below(8)) {
            case 0, 1 -> 0;
            case 2 -> 0x0100_0000L;
            case 3 -> 0x0220_0000L - PAGE;
            case 4 -> random.below(2) == 0 ? 0x6000_0000L : 0x0100_1004L;
            default -> 0x0100_0000L + (1 + random.below(4)) * PAGE;
        };
    }

    private Outcome giveBack(XousModel model, int pid, XorShift random) {
        List<XousModel.Loan> loans = List.copyOf(model.loans.values());
        if (loans.isEmpty()) {
            return subject.giveBack(pid, random.below(3), XousModel.MESSAGES, PAGE);
        }
        XousModel.Loan loan = loans.get(random.below(loans.size()));
        return switch (random.below(10)) {
            case 0 -> subject.giveBack(pid, loan.number, loan.there, loan.size);
            case 1 -> subject.giveBack(loan.to, loan.number, loan.there, loan.size + PAGE);
            default -> subject.giveBack(loan.to, loan.number, loan.there, loan.size);
        };
    }
}
