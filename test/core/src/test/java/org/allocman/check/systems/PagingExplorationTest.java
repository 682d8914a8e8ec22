package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Violation;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the root task's window remembers is what a walk finds, after every invocation on address spaces. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PagingExplorationTest {
    @ParameterizedTest
    @MethodSource("org.allocman.testkit.arbitraries.Machines#paged")
    void nothingStaleIsRemembered(Architecture architecture) throws Exception {
        Exploration deep = explore(new PagingSubject(board(architecture), real -> real, 2), 4);
        assertNull(deep.violation(), () -> String.valueOf(deep.violation()));
        assertTrue(deep.distinct() > 500, () -> "states: " + deep.distinct());
        Exploration wide = explore(new PagingSubject(board(architecture), real -> real, 3), 3);
        assertNull(wide.violation(), () -> String.valueOf(wide.violation()));
    }

    /** Of each kind of invocation that can make a translation stale one that does not forget it. */
    @TestFactory
    Stream<DynamicTest> aKernelThatForgetsNothingIsNoticed() {
        return Stream.of(Architecture.values())
                .filter(Architecture::hasPaging)
                .flatMap(architecture -> Stream.of(
                                InvocationKind.PAGE_MAP,
                                InvocationKind.PAGE_UNMAP,
                                InvocationKind.TABLE_UNMAP,
                                InvocationKind.DELETE,
                                InvocationKind.REVOKE,
                                InvocationKind.TCB_SET_SPACE)
                        .map(kind -> DynamicTest.dynamicTest(
                                architecture.text() + " " + kind, () -> assertNoticed(architecture, kind))));
    }

    private static void assertNoticed(Architecture architecture, InvocationKind kind) throws Exception {
        PagingSubject[] made = new PagingSubject[1];
        made[0] = new PagingSubject(board(architecture), real -> new ForgetsNothing(real, kind, made), 2);
        Violation violation = explore(made[0], 5).violation();
        assertNotNull(violation);
        assertTrue(violation.rules().get(0).startsWith("tlb_fresh"), violation.rules()::toString);
    }

    /** Does what the kernel does to memory, but leaves what a window remembers. */
    private static final class ForgetsNothing extends ForwardingKernel {
        private final InvocationKind kind;
        private final PagingSubject[] subject;
        private int start;

        ForgetsNothing(Kernel real, InvocationKind kind, PagingSubject[] subject) {
            super(real);
            this.kind = kind;
            this.subject = subject;
        }

        @Override
        protected @Nullable KernelError refuse(InvocationKind invocation) {
            start = subject[0].memory().checkpoint();
            return null;
        }

        @Override
        protected KernelError answered(InvocationKind invocation, KernelError answer) {
            if (invocation == kind) {
                PhysicalMemory memory = subject[0].memory();
                PagedMemory words = memory.words();
                Map<Long, Long> stores = new LinkedHashMap<>();
                memory.forEachStore(start, (address, old) -> stores.put(address, words.load64(address, 0)));
                memory.rewind(start);
                subject[0].look();
                stores.forEach((address, value) -> words.store64(address, 0, value));
            }
            return answer;
        }
    }

    @Test
    void aBoardWithoutPagingIsRefused() {
        assertThrows(BootFailure.class, () -> new PagingSubject(Boards.byName("tiny"), real -> real, 2));
        assertThrows(IllegalArgumentException.class, () -> new PagingSubject(Boards.byName("pc99"), real -> real, 1));
    }

    @Test
    void whatHappensIsTold() throws Exception {
        SubjectSystem system = new SubjectSystem(new PagingSubject(board(Architecture.RISCV64), real -> real, 2), 0);
        String map = "map frame 0 at page 0 of its own address space";
        assertEquals("DeleteFirst", refusalOf(system, "map the table in its own address space", map));
        assertTrue(system.tell(system.number("unmap frame 0")).change().contains(": nothing"));
        assertTrue(system.tell(system.number(map + " read-only")).change().contains("for reading"));
    }

    private static String refusalOf(SubjectSystem system, String refused, String before) {
        system.take(system.number(before));
        return system.tell(system.number(refused)).answer();
    }

    static Board board(Architecture architecture) {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 16 << 20);
        return new Board("small", architecture, List.of(memory), List.of());
    }

    private static Exploration explore(PagingSubject subject, int depth) {
        return Explorer.explore(new SubjectSystem(subject, 0), Limits.NONE.withDepth(depth), ExplorationListener.NONE);
    }
}
