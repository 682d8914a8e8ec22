package org.allocman.cli.uvisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.Figures;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.uvisor.ThreadRefusal;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.vka.MemoryFault;
import picocli.CommandLine.TypeConversionException;

/** Carries out a script of calls on uVisor. What a name stands for is what the call behind it answered. */
final class PlayRun {
    private static final String OK = "ok";
    private static final String REFUSED = "REFUSED";
    private static final String FAULT = "FAULT";

    private final UvisorMachine machine;
    private final Uvisor uvisor;
    private final String source;
    private final Map<String, Long> names = new HashMap<>();

    PlayRun(UvisorMachine machine, String source) {
        this.machine = machine;
        this.uvisor = machine.uvisor();
        this.source = source;
    }

    /** Makes the call of a line, and answers its outcome as a script can expect it. */
    String play(PlayLine line) throws BadInputException {
        String box = line.word().equals("enter") ? line.arguments().get(0) : "";
        long[] numbers = new long[line.arguments().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = box.isEmpty() ? number(line, line.arguments().get(i)) : box(line, box);
        }
        try {
            return call(line, numbers);
        } catch (MemoryFault denied) {
            return FAULT;
        }
    }

    private String call(PlayLine line, long[] at) throws BadInputException {
        switch (line.word()) {
            case "enter" -> uvisor.enterBox((int) at[0]);
            case "run" -> uvisor.run(thread(line, at[0]));
            case "malloc" -> {
                return address(line, uvisor.malloc(at[0]));
            }
            case "calloc" -> {
                return address(line, uvisor.calloc(at[0], at[1]));
            }
            case "align" -> {
                return address(line, uvisor.alignedAlloc(at[0], at[1]));
            }
            case "realloc" -> {
                return address(line, uvisor.realloc(at[0], at[1]));
            }
            case "process" -> {
                return address(line, uvisor.processMalloc(at[0]));
            }
            case "block" -> {
                return address(line, uvisor.mallocBlock(at[0]));
            }
            case "heap" -> {
                return address(line, uvisor.createHeap(at[0], at[1]));
            }
            case "thread" -> {
                return newThread(line, uvisor.createThread(1, at[0], at[1], at[2], at[3]));
            }
            case "threadon" -> {
                return newThread(line, uvisor.createThreadOn(1, at[0], 0, at[1]));
            }
            default -> {
                return other(line, at);
            }
        }
        return OK;
    }

    private String other(PlayLine line, long[] at) {
        return switch (line.word()) {
            case "free" -> lower(uvisor.free(at[0]).name());
            case "freeblock" -> lower(uvisor.freeBlock(at[0], at[1]).name());
            case "destroy" -> lower(uvisor.destroyHeap(at[0]).name());
            case "end" -> at[0] <= Integer.MAX_VALUE && uvisor.endThread((int) at[0]) ? OK : REFUSED;
            case "stack" -> uvisor.growStack(at[0]) ? OK : REFUSED;
            case "sbrk" -> {
                long old = uvisor.sbrk(at[0]);
                yield old == TopLevel.REFUSED ? REFUSED : named(line, old);
            }
            case "store" -> {
                uvisor.user().store64(at[0] & -Long.BYTES, (int) (at[0] & Long.BYTES - 1), at[1]);
                yield OK;
            }
            case "load" -> Long.toString(uvisor.user().load64(at[0] & -Long.BYTES, (int) (at[0] & Long.BYTES - 1)));
            case "owner" -> owner(at[0]);
            case "check" -> check();
            default -> OK;
        };
    }

    private String check() {
        List<String> broken = Invariant.check(
                UvisorInvariants.all(),
                new UvisorInvariants.Subject(uvisor, machine.memory().words(), machine.behindMpu()));
        return broken.isEmpty() ? OK : "BROKEN: " + broken.get(0);
    }

    private String owner(long address) {
        int block = uvisor.plan().geometry().blockAt(address);
        int owner = block < 0 ? BlockPool.NONE : uvisor.pool().owner(block);
        return owner < 0 ? "nobody" : uvisor.plan().boxes().get(owner).config().name();
    }

    private static String lower(String answer) {
        return answer.equals("OK") ? OK : answer;
    }

    private String address(PlayLine line, long answer) {
        return HeapRefusal.isRefusal(answer) ? HeapRefusal.of(answer).name() : named(line, answer);
    }

    private String newThread(PlayLine line, long answer) {
        if (ThreadRefusal.isRefusal(answer)) {
            return ThreadRefusal.of(answer).name();
        }
        keep(line, answer);
        return "thread:" + answer;
    }

    private String named(PlayLine line, long address) {
        keep(line, address);
        return Figures.hex(address);
    }

    private void keep(PlayLine line, long answer) {
        if (line.name() != null) {
            names.put(line.name(), answer);
        }
    }

    private int thread(PlayLine line, long number) throws BadInputException {
        int thread = (int) Math.min(number, Integer.MAX_VALUE);
        if (!uvisor.threads().isLive(thread)) {
            throw wrong(line, "there is no thread " + number);
        }
        return thread;
    }

    private long box(PlayLine line, String text) throws BadInputException {
        int boxes = uvisor.plan().boxes().size();
        return IntStream.range(0, boxes)
                .filter(box -> uvisor.plan().boxes().get(box).config().name().equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(line, "there is no box '" + text + "'"));
    }

    /** A name, a number of bytes, or one plus another; a name of a call that was refused cannot be used. */
    private long number(PlayLine line, String text) throws BadInputException {
        long sum = 0;
        for (String part : text.split("\\+", -1)) {
            sum += term(line, part);
        }
        return sum;
    }

    private long term(PlayLine line, String part) throws BadInputException {
        Long known = names.get(part);
        if (known != null) {
            return known;
        }
        try {
            boolean isNegative = part.startsWith("-");
            long bytes = new ByteCount().convert(isNegative ? part.substring(1) : part);
            return isNegative ? -bytes : bytes;
        } catch (TypeConversionException none) {
            throw wrong(line, "'" + part + "' is neither a number nor a name that a call before has given");
        }
    }

    private BadInputException wrong(PlayLine line, String problem) {
        return new BadInputException(source + ": line " + line.number() + ", " + line.text() + ": " + problem);
    }
}
