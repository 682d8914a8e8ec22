package org.allocman.testkit.invariants;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.testkit.invariants.Invocation.Kind;
import org.allocman.testkit.machine.PlainMachine;
import org.allocman.vka.Architecture;

/** Whatever is invoked, the laws hold; and what is done again after a rewind ends the same. */
class KernelProperties {
    private static final int RADIX = 5;
    private static final int FIRST = 16;
    private static final int WORD = 64;

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void lawsHoldAfterEveryInvocation(
            @ForAll Architecture architecture, @ForAll("invocations") List<Invocation> invocations) {
        PlainMachine machine = machine(architecture);
        for (Invocation invocation : invocations) {
            fitted(invocation, architecture).apply(machine.kernel());
            List<String> broken =
                    KernelInvariants.check(new KernelView(machine.memory(), architecture, machine.kernelState()));
            if (!broken.isEmpty()) {
                throw new AssertionError(invocation + " breaks " + String.join("\n", broken));
            }
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void forwardAgainEndsTheSame(
            @ForAll Architecture architecture,
            @ForAll("invocations") List<Invocation> invocations,
            @ForAll @IntRange(max = 60) int stop) {
        PlainMachine machine = machine(architecture);
        PhysicalMemory memory = machine.memory();
        int start = memory.startJournal();
        Fingerprint before = memory.fingerprint();
        int turn = Math.min(stop, invocations.size());
        run(machine, invocations.subList(0, turn));
        int checkpoint = memory.checkpoint();
        Fingerprint halfway = memory.fingerprint();
        run(machine, invocations.subList(turn, invocations.size()));
        Fingerprint end = memory.fingerprint();
        memory.rewind(checkpoint);
        expect(halfway, memory.fingerprint());
        run(machine, invocations.subList(turn, invocations.size()));
        expect(end, memory.fingerprint());
        memory.rewind(start);
        expect(before, memory.fingerprint());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void refusalsChangeNothing(@ForAll Architecture architecture, @ForAll("invocations") List<Invocation> invocations) {
        PlainMachine machine = machine(architecture);
        machine.memory().startJournal();
        for (Invocation invocation : invocations) {
            Fingerprint before = machine.memory().fingerprint();
            if (fitted(invocation, architecture).apply(machine.kernel()).failed()) {
                expect(before, machine.memory().fingerprint());
            }
        }
    }

    private static void run(PlainMachine machine, List<Invocation> invocations) {
        for (Invocation invocation : invocations) {
            fitted(invocation, machine.kernel().architecture()).apply(machine.kernel());
        }
    }

    private static void expect(Fingerprint expected, Fingerprint found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + " but found " + found);
        }
    }

    private static PlainMachine machine(Architecture architecture) {
        return PlainMachine.of(architecture, RADIX, 4096)
                .untyped(0x40_0000, 14, false)
                .untyped(0x41_0000, 11, false)
                .untyped(0x1000_0000, 13, true)
                .build();
    }

    /** Full depth means the architecture's, and what goes to an odd place goes there on every one. */
    private static Invocation fitted(Invocation drawn, Architecture architecture) {
        return new Invocation(
                drawn.kind(),
                drawn.target(),
                drawn.index(),
                drawn.depth() == WORD ? architecture.wordBits() : drawn.depth(),
                drawn.source(),
                drawn.sourceIndex(),
                drawn.sourceDepth() == WORD ? architecture.wordBits() : drawn.sourceDepth(),
                drawn.first(),
                drawn.second());
    }

    @Provide
    Arbitrary<List<Invocation>> invocations() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Kind.RETYPE_ONE),
                Tuple.of(3, Kind.RETYPE_THREE),
                Tuple.of(3, Kind.COPY),
                Tuple.of(3, Kind.MINT),
                Tuple.of(3, Kind.MOVE),
                Tuple.of(2, Kind.MUTATE),
                Tuple.of(3, Kind.ROTATE),
                Tuple.of(4, Kind.DELETE),
                Tuple.of(2, Kind.REVOKE),
                Tuple.of(1, Kind.CANCEL_BADGED_SENDS),
                Tuple.of(1, Kind.SAVE_CALLER),
                Tuple.of(1, Kind.SET_SPACE));
        return kinds.flatMap(KernelProperties::invocation).list().ofMinSize(1).ofMaxSize(60);
    }

    private static Arbitrary<Invocation> invocation(Kind kind) {
        boolean retype = kind == Kind.RETYPE_ONE || kind == Kind.RETYPE_THREE;
        Arbitrary<Long> slots = Arbitraries.longs().between(FIRST, (1 << RADIX) - 1);
        Arbitrary<Long> anything = Arbitraries.oneOf(slots, Arbitraries.longs());
        Arbitrary<Long> cnodes = frequently(Arbitraries.just(2L), slots);
        Arbitrary<Long> places = frequently(slots, Arbitraries.longs().between(0, 3));
        Arbitrary<Integer> depths =
                frequently(Arbitraries.just(WORD), Arbitraries.integers().between(-1, 65));
        Arbitrary<Integer> types = Arbitraries.integers().between(-1, 12);
        Arbitrary<Long> sizes = Arbitraries.longs().between(0, 14);
        return Combinators.combine(
                        retype ? frequently(Arbitraries.longs().between(FIRST, FIRST + 4), anything) : cnodes,
                        places,
                        depths,
                        cnodes,
                        places,
                        depths,
                        retype
                                ? types
                                : frequently(
                                        Arbitraries.just(15),
                                        Arbitraries.integers().between(0, 31)),
                        retype ? sizes : frequently(Arbitraries.longs().between(0, 6), Arbitraries.longs()))
                .as((target, index, depth, source, sourceIndex, sourceDepth, first, second) ->
                        new Invocation(kind, target, index, depth, source, sourceIndex, sourceDepth, first, second));
    }

    private static <T> Arbitrary<T> frequently(Arbitrary<T> usual, Arbitrary<T> rare) {
        return Arbitraries.frequencyOf(Tuple.of(4, usual), Tuple.of(1, rare));
    }
}
