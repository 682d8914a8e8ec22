package org.allocman.xous;

import static org.allocman.xous.XousMachineSubject.DEVICES;
import static org.allocman.xous.XousMachineSubject.RAM;
import static org.allocman.xous.XousModel.PAGE;

import org.allocman.check.action.Outcome;
import org.allocman.xous.process.Flags;

/** Two processes and a few things that each can do: small enough for every order of them to be tried. */
final class XousSmallActions {
    private static final long A = 0x6000_0000L;
    private static final long B = 0x6000_1000L;
    private static final long C = 0x6000_4000L;
    private static final long K = 0x0100_1000L;
    private static final int RW = Flags.READ | Flags.WRITE;
    private static final int RAM_PAGES = 32;

    private XousSmallActions() {}

    static XousMachineSubject subject(TableForm form, XousRules rules) {
        XousMachineSubject subject = new XousMachineSubject(RAM_PAGES, form, rules);
        Adder kernel = (name, work) -> subject.add("PID 1 " + name, () -> true, work::get);
        kernel.add("maps a device", () -> subject.map(Pid.KERNEL, DEVICES, 0, PAGE, RW));
        kernel.add(
                "maps the last page of RAM",
                () -> subject.map(Pid.KERNEL, RAM + (RAM_PAGES - 1) * PAGE, K + PAGE, PAGE, RW));
        kernel.add("unmaps two pages", () -> subject.unmap(Pid.KERNEL, K, 2 * PAGE));
        subject.add("spawn", () -> !subject.isThere(2) || !subject.isThere(3) || !subject.isThere(4), subject::spawn);
        for (int pid = 2; pid <= 3; pid++) {
            add(subject, pid, 5 - pid);
        }
        return subject;
    }

    private static void add(XousMachineSubject subject, int pid, int other) {
        String who = pid + " ";
        Adder is = (name, work) -> subject.add(who + name, () -> subject.isThere(pid), work::get);
        Adder both = (name, work) ->
                subject.add(who + name, () -> subject.isThere(pid) && subject.isThere(other), work::get);
        is.add("ends", () -> subject.exit(pid));
        is.add("sets two pages aside", () -> subject.map(pid, 0, A, 2 * PAGE, RW));
        is.add("sets a page aside that nobody may touch", () -> subject.map(pid, 0, C, PAGE, 0));
        is.add("touches that", () -> subject.touch(pid, C));
        is.add("touches the first", () -> subject.touch(pid, A));
        is.add("may only read the first", () -> subject.updateFlags(pid, A, PAGE, Flags.READ, 0));
        is.add("unmaps both", () -> subject.unmap(pid, A, 2 * PAGE));
        is.add("maps the last page of RAM", () -> subject.map(pid, RAM + (RAM_PAGES - 1) * PAGE, B, PAGE, RW));
        is.add("maps it elsewhere", () -> subject.map(pid, RAM + (RAM_PAGES - 1) * PAGE, 0, PAGE, Flags.READ));
        is.add("maps a device", () -> subject.map(pid, DEVICES, 0, PAGE, RW));
        is.add("maps the other device", () -> subject.map(pid, DEVICES + PAGE, 0, PAGE, RW));
        is.add("takes all RAM but the end", () -> fill(subject, pid));
        is.add("maps pages in a row", () -> subject.map(pid, 0, 0, 2 * PAGE, RW | Flags.DEVICE));
        is.add("has a larger heap", () -> subject.increaseHeap(pid, 2 * PAGE, RW));
        is.add("touches its heap", () -> subject.touch(pid, XousModel.HEAP));
        is.add("has a smaller heap", () -> subject.decreaseHeap(pid, 2 * PAGE));
        is.add("has a thread more", () -> subject.thread(pid, 0x7fff_f000L, PAGE));
        is.add("claims interrupt 0", () -> subject.claimInterrupt(pid, 0));
        is.add("claims interrupt 31", () -> subject.claimInterrupt(pid, 31));
        both.add("lends both to be written", () -> subject.lend(pid, A, 2 * PAGE, other, true));
        both.add("lends its heap to be read", () -> subject.lend(pid, XousModel.HEAP, PAGE, other, false));
        both.add("moves the second", () -> subject.move(pid, B, PAGE, other));
        is.add("returns what it borrowed first", () -> giveBack(subject, pid));
        is.add("writes", () -> subject.store(pid, A, 7L + pid));
    }

    private static Outcome giveBack(XousMachineSubject subject, int pid) {
        return subject.model().loans.values().stream()
                .filter(one -> one.to == pid)
                .findFirst()
                .map(loan -> subject.giveBack(pid, loan.number, loan.there, loan.size))
                .orElse(Outcome.refused("nothing borrowed"));
    }

    /** Maps every page of RAM but the last two, one by one. */
    private static Outcome fill(XousMachineSubject subject, int pid) {
        Outcome outcome = Outcome.DONE;
        for (int page = 0; page < RAM_PAGES - 2 && outcome.wrong() == null; page++) {
            outcome = subject.map(pid, RAM + page * PAGE, 0, PAGE, RW);
        }
        return outcome.wrong() == null ? Outcome.DONE : outcome;
    }

    private interface Work {
        Outcome get();
    }

    private interface Adder {
        void add(String name, Work work);
    }
}
