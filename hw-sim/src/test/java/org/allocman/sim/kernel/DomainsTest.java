package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.ArchitectureBuilder;
import org.allocman.vka.BootSlots;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Domains: which one a thread is in, and the schedule, with the kernel's checks in its order. */
class DomainsTest {
    private static final long CONTROL = BootSlots.DOMAIN;
    private static final long MOST_DURATION = (1L << 56) - 1;

    static List<Architecture> all() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
                .toList();
    }

    /** A kernel with 16 domains. */
    private static Architecture many(int wordBits) {
        return ArchitectureBuilder.of("domains" + wordBits, wordBits)
                .domains(16)
                .type(ObjectType.SMALL_PAGE, 5, 12)
                .type(ObjectType.PAGE_TABLE, 6, 12)
                .level(ObjectType.PAGE_TABLE, wordBits == Long.SIZE ? 9 : 10)
                .level(ObjectType.PAGE_TABLE, wordBits == Long.SIZE ? 9 : 10)
                .build();
    }

    private static long domain(TestKernel on, long tcb) {
        long object = on.slots.object(on.slot(tcb));
        return TcbLayout.DOMAIN.get(on.machine.memory().words(), object + TcbLayout.wordsShift(on.slots));
    }

    private static DomainSchedule schedule(TestKernel on) {
        return new DomainSchedule(on.machine.memory().words(), on.machine.kernelState(), on.architecture.domains());
    }

    @ParameterizedTest
    @MethodSource("all")
    void usuallyThereIsOneDomain(Architecture architecture) {
        TestKernel on = new TestKernel(architecture);
        KernelDomains domains = on.kernel.domains();
        long tcb = on.make(ObjectType.TCB, 0);
        Fingerprint before = on.machine.memory().fingerprint();
        ok(domains.set(CONTROL, 0, tcb));
        assertEquals(KernelError.invalidArgument(0), domains.set(CONTROL, 1, tcb));
        assertEquals(KernelError.invalidArgument(0), domains.set(CONTROL, -1, BootSlots.CNODE));
        assertEquals(KernelError.invalidArgument(1), domains.set(CONTROL, 0, BootSlots.CNODE));
        assertEquals(KernelError.illegalOperation(), domains.set(tcb, 0, tcb));
        assertEquals(MOST_DURATION, schedule(on).duration(0), "one domain runs all the time");
        ok(domains.configureSchedule(CONTROL, 0, 0, MOST_DURATION));
        assertEquals(KernelError.rangeError(0, 0), domains.configureSchedule(CONTROL, 1, 1, MOST_DURATION + 1));
        assertEquals(KernelError.rangeError(0, 0), domains.configureSchedule(CONTROL, 0, 1, MOST_DURATION + 1));
        ok(domains.startSchedule(CONTROL, 0));
        assertEquals(KernelError.invalidArgument(0), domains.startSchedule(CONTROL, 1));
        assertEquals(KernelError.rangeError(0, 1), domains.startSchedule(CONTROL, 2));
        assertEquals(KernelError.truncatedMessage(), call(on, 30, new long[0], tcb));
        assertEquals(KernelError.truncatedMessage(), call(on, 30, new long[1]));
        assertEquals(KernelError.invalidArgument(0), call(on, 30, new long[] {1}), "the domain is looked at first");
        assertEquals(KernelError.truncatedMessage(), call(on, 31, new long[1 + 64 / on.bits]));
        assertEquals(KernelError.truncatedMessage(), call(on, 32, new long[0]));
        assertEquals(KernelError.illegalOperation(), call(on, 29, new long[4], tcb));
        assertEquals(before, on.machine.memory().fingerprint());
        long copy = on.free();
        ok(on.copy(CONTROL, copy));
        ok(domains.set(copy, 0, tcb));
    }

    private static KernelError call(TestKernel on, long label, long[] words, long... capabilities) {
        return on.kernel
                .call(CONTROL, new KernelMessage(label, words, capabilities))
                .error();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void threadsAreInDomains(int wordBits) {
        TestKernel on = new TestKernel(many(wordBits));
        KernelDomains domains = on.kernel.domains();
        Fingerprint before = on.settled();
        long tcb = on.make(ObjectType.TCB, 0);
        assertEquals(0, domain(on, tcb));
        ok(domains.set(CONTROL, 15, tcb));
        assertEquals(15, domain(on, tcb));
        assertEquals(KernelError.invalidArgument(0), domains.set(CONTROL, 16, tcb));
        ok(domains.set(CONTROL, 3, BootSlots.TCB));
        assertEquals(3, domain(on, on.make(ObjectType.TCB, 0)), "a thread begins in its maker's domain");
        ok(domains.set(CONTROL, 0, BootSlots.TCB));
        assertEquals(before, on.settled());
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void theScheduleKeepsItsEnd(int wordBits) {
        TestKernel on = new TestKernel(many(wordBits));
        KernelDomains domains = on.kernel.domains();
        ok(domains.configureSchedule(CONTROL, 98, 15, MOST_DURATION));
        assertEquals(15, schedule(on).domain(98));
        assertEquals(MOST_DURATION, schedule(on).duration(98));
        assertEquals(KernelError.rangeError(0, 98), domains.configureSchedule(CONTROL, 99, 16, -1));
        assertEquals(KernelError.rangeError(0, 15), domains.configureSchedule(CONTROL, 0, 16, MOST_DURATION + 1));
        assertEquals(KernelError.invalidArgument(2), domains.configureSchedule(CONTROL, 0, 15, MOST_DURATION + 1));
        assertEquals(KernelError.invalidArgument(1), domains.configureSchedule(CONTROL, 0, 15, 0));
        assertEquals(KernelError.invalidArgument(2), domains.configureSchedule(CONTROL, 0, 0, 0), "it begins there");
        ok(domains.startSchedule(CONTROL, 98));
        assertEquals(98, schedule(on).start());
        ok(domains.configureSchedule(CONTROL, 0, 0, 0));
        assertEquals(KernelError.invalidArgument(0), domains.startSchedule(CONTROL, 0));
        assertEquals(KernelError.invalidArgument(0), domains.startSchedule(CONTROL, 99));
        assertEquals(KernelError.rangeError(0, 99), domains.startSchedule(CONTROL, 100));
    }
}
