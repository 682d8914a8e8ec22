package org.allocman.cli.xous;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.allocman.check.xous.XousInvariants;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.play.Answer;
import org.allocman.cli.play.Call;
import org.allocman.cli.play.CallWord;
import org.allocman.cli.play.PlayedSystem;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.Pid;
import org.allocman.xous.XousError;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;

/** Calls of a user's own on Xous. */
final class XousCalls implements PlayedSystem {
    /** The words, and what stands behind them. */
    static final List<CallWord> WORDS = List.of(
            CallWord.of("spawn", "a new process"),
            CallWord.of("exit PROCESS", "a process ends"),
            CallWord.of("map PROCESS BYTES [FLAGS] [ADDRESS]", "MapMemory without a physical address; flags rw"),
            CallWord.of("claim PROCESS PHYSICAL BYTES [FLAGS] [ADDRESS]", "MapMemory of a device, or of certain RAM"),
            CallWord.of("unmap PROCESS ADDRESS BYTES", "UnmapMemory"),
            CallWord.of("flags PROCESS ADDRESS BYTES FLAGS", "UpdateMemoryFlags: takes rights away"),
            CallWord.of("heap PROCESS BYTES [FLAGS]", "IncreaseHeap; 0 bytes ask where it is"),
            CallWord.of("shrink PROCESS BYTES", "DecreaseHeap"),
            CallWord.of("size PROCESS", "how large the heap is"),
            CallWord.of("limit PROCESS LIMIT BELIEVED WANTED", "AdjustProcessLimit: of heap-most, or of heap-size"),
            CallWord.of("touch PROCESS ADDRESS [BYTES]", "first touch, of every page: what is behind the first"),
            CallWord.of("store PROCESS ADDRESS VALUE", "32 bits, as the process writes them"),
            CallWord.of("load PROCESS ADDRESS", "32 bits, as the process reads them"),
            CallWord.of("virt_to_phys PROCESS ADDRESS", "VirtToPhys"),
            CallWord.of("lend PROCESS ADDRESS BYTES TO", "lends memory to be read; answers where the borrower has it"),
            CallWord.of("lend_mut PROCESS ADDRESS BYTES TO", "the same, to be read and written"),
            CallWord.of("return PROCESS ADDRESS BYTES", "ReturnMemory: the borrower gives it back"),
            CallWord.of("move PROCESS ADDRESS BYTES TO", "gives memory away; answers where the other has it"),
            CallWord.of("thread PROCESS STACK BYTES", "CreateThread"),
            CallWord.of("threads PROCESS", "how many it has"),
            CallWord.of("claim_interrupt PROCESS NUMBER", "ClaimInterrupt"),
            CallWord.of("free_interrupt PROCESS NUMBER", "FreeInterrupt"),
            CallWord.of("owner PHYSICAL", "whose a page is"),
            CallWord.of("root PROCESS", "where its root page table is"),
            CallWord.of("pages PROCESS", "how many pages of RAM it owns; of nobody: how many are free"));

    private static final String NOBODY = "nobody";
    private static final String KERNEL = "kernel";
    private static final List<String> LIMITS = List.of("heap-most", "heap-size");

    private final XousMachine machine;
    private final XousSystem xous;
    private final ProcessMemory memory;

    XousCalls(XousMachine machine) {
        this.machine = machine;
        this.xous = machine.system();
        this.memory = new ProcessMemory(machine);
    }

    @Override
    public Answer call(Call call) throws BadInputException {
        int pid = call.count() == 0 ? Pid.FREE : call.small(0);
        return switch (call.word()) {
            case "spawn" -> answer(xous.spawn(), process -> Answer.named(name(process), process));
            case "exit" -> answer(xous.exit(pid));
            case "map" -> range(xous.mapMemory(pid, 0, call.number(3, 0), call.number(1), flags(call, 2)));
            case "claim" ->
                range(xous.mapMemory(pid, call.number(1), call.number(4, 0), call.number(2), flags(call, 3)));
            case "unmap" -> answer(xous.unmapMemory(pid, call.number(1), call.number(2)));
            case "flags" ->
                answer(xous.updateMemoryFlags(pid, call.number(1), call.number(2), flags(call, 3), Pid.FREE));
            case "heap" -> range(xous.increaseHeap(pid, call.number(1), flags(call, 2)));
            case "shrink" -> range(xous.decreaseHeap(pid, call.number(1)));
            case "size" -> answer(xous.heapSize(pid), Answer::number);
            case "limit" ->
                answer(xous.adjustProcessLimit(pid, limit(call), call.number(2), call.number(3)), Answer::number);
            case "root" -> answer(xous.rootTable(pid), Answer::address);
            case "owner" -> owner(call.number(0));
            case "pages" -> pages(pid);
            case "threads" -> answer(xous.threads(pid), Answer::number);
            case "thread" ->
                answer(
                        xous.createThread(pid, call.number(1), call.number(2)),
                        thread -> Answer.named("thread " + thread, thread));
            case "claim_interrupt" -> answer(xous.claimInterrupt(pid, call.small(1)));
            case "free_interrupt" -> answer(xous.freeInterrupt(pid, call.small(1)));
            default -> ofMemory(call, pid, call.number(1));
        };
    }

    private Answer ofMemory(Call call, int pid, long address) throws BadInputException {
        return switch (call.word()) {
            case "touch" -> answer(memory.touch(pid, address, call.number(2, 1)), Answer::address);
            case "store" -> answer(memory.store(pid, address, word(call)));
            case "load" -> answer(memory.load(pid, address), word -> Answer.number(Integer.toUnsignedLong(word)));
            case "virt_to_phys" -> answer(xous.virtToPhys(pid, address), Answer::address);
            case "lend", "lend_mut" -> {
                int to = call.small(3);
                boolean isMutable = call.word().equals("lend_mut");
                yield answer(xous.lend(pid, address, call.number(2), to, isMutable), lend -> {
                    Loans.keep(call, to, lend);
                    return Answer.address(lend.range().start());
                });
            }
            case "return" -> answer(xous.returnMemory(pid, Loans.number(call, pid, address), address, call.number(2)));
            case "move" -> range(xous.moveMemory(pid, address, call.number(2), call.small(3)));
            default -> throw new IllegalStateException("there is no call behind '" + call.word() + "'");
        };
    }

    private static int flags(Call call, int index) throws BadInputException {
        return FlagWords.of(index < call.count() ? call.text(index) : FlagWords.USUAL);
    }

    /** 32 bits, with a sign or without. */
    private static int word(Call call) throws BadInputException {
        BigInteger value = call.exact(2);
        if (value.compareTo(BigInteger.valueOf(Integer.MIN_VALUE)) < 0 || value.bitLength() > Integer.SIZE) {
            throw new BadInputException("'" + call.text(2) + "' is more than 32 bits");
        }
        return value.intValue();
    }

    private static int limit(Call call) throws BadInputException {
        int index = LIMITS.indexOf(call.text(1));
        return index < 0 ? call.small(1) : index + 1;
    }

    private static String name(int pid) {
        return pid == Pid.FREE ? NOBODY : pid == Pid.KERNEL ? KERNEL : "process " + pid;
    }

    private Answer owner(long physical) {
        PageAllocations allocations = xous.allocations();
        long page = allocations.find(physical);
        if (page < 0) {
            return Answer.refused(XousError.of(page).text());
        }
        int owner = allocations.owner(page);
        return Answer.named(name(owner), owner);
    }

    private Answer pages(int pid) {
        PageAllocations allocations = xous.allocations();
        long end = allocations.whitelist().ramPages();
        long count = 0;
        for (long page = 0; page < end; page++) {
            count += allocations.owner(page) == pid ? 1 : 0;
        }
        return Answer.number(count);
    }

    private static Answer range(Either<XousError, MemoryRange> answer) {
        return answer(answer, range -> Answer.address(range.start()));
    }

    private static <T> Answer answer(Either<XousError, T> answer, Function<T, Answer> done) {
        return answer.fold(error -> Answer.refused(error.text()), done);
    }

    private static Answer answer(Option<XousError> error) {
        return Answer.of(error.map(XousError::text).toJavaOptional());
    }

    @Override
    public List<String> outcomes() {
        return Arrays.stream(XousError.values()).map(XousError::text).toList();
    }

    @Override
    public Map<String, Long> constants() {
        return Map.of(NOBODY, (long) Pid.FREE, KERNEL, (long) Pid.KERNEL);
    }

    @Override
    public List<String> candidates(String argument) {
        return switch (argument) {
            case "FLAGS" -> FlagWords.examples();
            case "LIMIT" -> LIMITS;
            default -> List.of();
        };
    }

    @Override
    public List<String> broken() {
        return XousInvariants.check(machine);
    }

    @Override
    public void draw(Console console, int width) {
        List<Integer> processes = new ArrayList<>();
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            if (xous.isRunning(pid)) {
                processes.add(pid);
            }
        }
        RamPicture.of(xous.allocations(), width).print(console, processes);
    }

    @Override
    public PhysicalMemory memory() {
        return machine.managed().machine().memory();
    }
}
