package org.allocman.cli.uvisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.play.Answer;
import org.allocman.cli.play.Call;
import org.allocman.cli.play.CallWord;
import org.allocman.cli.play.PlayedSystem;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.ThreadRefusal;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.heap.HeapAnswer;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.uvisor.rules.PageError;

/** Calls of a user's own on uVisor. */
final class UvisorCalls implements PlayedSystem {
    /** The words, and what stands behind them. */
    static final List<CallWord> WORDS = List.of(
            CallWord.of("enter BOX", "a box runs from now on"),
            CallWord.of("run THREAD", "a thread runs from now on"),
            CallWord.of("malloc BYTES", "memory of the thread's heap, or of the box's"),
            CallWord.of("calloc COUNT BYTES", "the same, for several"),
            CallWord.of("align ALIGNMENT BYTES", "the same, at a multiple"),
            CallWord.of("realloc ADDRESS BYTES", "the same, with what was there"),
            CallWord.of("process BYTES", "memory of the box's heap"),
            CallWord.of("free ADDRESS", "frees memory of a heap"),
            CallWord.of("block BYTES", "whole blocks in a row"),
            CallWord.of("freeblock ADDRESS BYTES", "frees them"),
            CallWord.of("heap BYTES MOST", "a heap of blocks, for pieces of MOST bytes"),
            CallWord.of("destroy HEAP", "frees it"),
            CallWord.of("thread HEAP HEAPBYTES STACK STACKBYTES", "a thread; 0 as in createThread"),
            CallWord.of("threadon HEAP STACKBYTES", "a thread on a heap of blocks"),
            CallWord.of("end THREAD", "a thread ends"),
            CallWord.of("sbrk BYTES", "moves the arena's end"),
            CallWord.of("stack ADDRESS", "lets the stack reach down to an address"),
            CallWord.of("store ADDRESS VALUE", "64 bits, as the box writes them"),
            CallWord.of("load ADDRESS", "64 bits, as the box reads them"),
            CallWord.of("owner ADDRESS", "whose a block is"));

    private static final String REFUSED = "REFUSED";
    private static final String NOBODY = "nobody";

    private final UvisorMachine machine;
    private final Uvisor uvisor;

    UvisorCalls(UvisorMachine machine) {
        this.machine = machine;
        this.uvisor = machine.uvisor();
    }

    @Override
    public Answer call(Call call) throws BadInputException {
        return switch (call.word()) {
            case "enter" -> {
                uvisor.enterBox(box(call));
                yield Answer.ok();
            }
            case "run" -> {
                uvisor.run(thread(call));
                yield Answer.ok();
            }
            case "malloc" -> address(uvisor.malloc(call.number(0)));
            case "calloc" -> address(uvisor.calloc(call.number(0), call.number(1)));
            case "align" -> address(uvisor.alignedAlloc(call.number(0), call.number(1)));
            case "realloc" -> address(uvisor.realloc(call.number(0), call.number(1)));
            case "process" -> address(uvisor.processMalloc(call.number(0)));
            case "block" -> address(uvisor.mallocBlock(call.number(0)));
            case "heap" -> address(uvisor.createHeap(call.number(0), call.number(1)));
            case "thread" ->
                newThread(uvisor.createThread(1, call.number(0), call.number(1), call.number(2), call.number(3)));
            case "threadon" -> newThread(uvisor.createThreadOn(1, call.number(0), 0, call.number(1)));
            default -> other(call);
        };
    }

    private Answer other(Call call) throws BadInputException {
        long at = call.number(0);
        return switch (call.word()) {
            case "free" -> heapAnswer(uvisor.free(at));
            case "destroy" -> heapAnswer(uvisor.destroyHeap(at));
            case "freeblock" -> {
                PageError error = uvisor.freeBlock(at, call.number(1));
                yield Answer.of(error == PageError.OK ? Optional.empty() : Optional.of(error.name()));
            }
            case "end" -> done(uvisor.endThread(call.small(0)));
            case "stack" -> done(uvisor.growStack(at));
            case "sbrk" -> {
                long old = uvisor.sbrk(at);
                yield old == TopLevel.REFUSED ? Answer.refused(REFUSED) : Answer.address(old);
            }
            case "store" -> {
                uvisor.user().store64(word(at), inWord(at), call.number(1));
                yield Answer.ok();
            }
            case "load" -> Answer.number(uvisor.user().load64(word(at), inWord(at)));
            case "owner" -> owner(at);
            default -> throw new IllegalStateException("there is no call behind '" + call.word() + "'");
        };
    }

    private static long word(long address) {
        return address & -Long.BYTES;
    }

    private static int inWord(long address) {
        return (int) (address & Long.BYTES - 1);
    }

    private static Answer done(boolean isDone) {
        return isDone ? Answer.ok() : Answer.refused(REFUSED);
    }

    private static Answer heapAnswer(HeapAnswer answer) {
        return Answer.of(answer == HeapAnswer.OK ? Optional.empty() : Optional.of(answer.name()));
    }

    private static Answer address(long answer) {
        return HeapRefusal.isRefusal(answer)
                ? Answer.refused(HeapRefusal.of(answer).name())
                : Answer.address(answer);
    }

    private static Answer newThread(long answer) {
        return ThreadRefusal.isRefusal(answer)
                ? Answer.refused(ThreadRefusal.of(answer).name())
                : Answer.named("thread " + answer, answer);
    }

    private Answer owner(long address) {
        int block = uvisor.plan().geometry().blockAt(address);
        int owner = block < 0 ? BlockPool.NONE : uvisor.pool().owner(block);
        return new Answer(owner < 0 ? NOBODY : boxes().get(owner), true, null);
    }

    private List<String> boxes() {
        return uvisor.plan().boxes().stream().map(box -> box.config().name()).toList();
    }

    private int box(Call call) throws BadInputException {
        int box = boxes().indexOf(call.text(0));
        if (box < 0) {
            throw call.noSuch(0, "box", boxes());
        }
        return box;
    }

    private int thread(Call call) throws BadInputException {
        if (!uvisor.threads().isLive(call.small(0))) {
            throw new BadInputException("there is no thread " + call.text(0));
        }
        return call.small(0);
    }

    @Override
    public List<String> outcomes() {
        List<String> all = new ArrayList<>();
        for (Enum<?>[] names :
                new Enum<?>[][] {HeapRefusal.values(), ThreadRefusal.values(), HeapAnswer.values(), PageError.values()
                }) {
            Arrays.stream(names).map(Enum::name).forEach(all::add);
        }
        all.addAll(List.of(REFUSED, NOBODY));
        all.addAll(boxes());
        return all.stream().distinct().filter(name -> !name.equals("OK")).toList();
    }

    @Override
    public Map<String, Long> constants() {
        return Map.of();
    }

    @Override
    public List<String> candidates(String argument) {
        return argument.equals("BOX") ? boxes() : List.of();
    }

    @Override
    public List<String> broken() {
        return Invariant.check(
                UvisorInvariants.all(),
                new UvisorInvariants.Subject(uvisor, machine.memory().words(), machine.behindMpu()));
    }

    @Override
    public void draw(Console console, int width) {
        new SramMap(console, machine, width).print("", false);
    }

    @Override
    public PhysicalMemory memory() {
        return machine.memory();
    }
}
