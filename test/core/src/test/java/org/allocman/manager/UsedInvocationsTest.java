package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.ForwardingKernel;
import org.junit.jupiter.api.Test;

/** Which invocations the manager makes; the page for authors of kernels says the same. */
class UsedInvocationsTest {
    private static final Path PAGE = Path.of("../../docs/own-kernel.md");

    private static Set<InvocationKind> used(long virtualPool, CSpaceGeometry cspace) {
        Set<InvocationKind> used = EnumSet.noneOf(InvocationKind.class);
        ManagedMachine machine = ManagedMachine.start(
                Objects.requireNonNull(Boards.byName("qemu-riscv-virt")),
                new ManagedMachine.Pools(virtualPool == 0 ? 1 << 20 : -1, virtualPool, UntypedDesigns.ARENA, cspace),
                kernel -> noting(kernel, used));
        Vka vka = machine.vka();
        List<VkaObject> made = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            made.add(vka.allocate(i % 2 == 0 ? ObjectType.ENDPOINT : ObjectType.SMALL_PAGE, 0)
                    .get());
        }
        made.forEach(vka::freeOrThrow);
        machine.allocman().trim();
        return used;
    }

    private static Kernel noting(Kernel kernel, Set<InvocationKind> used) {
        return new ForwardingKernel(kernel) {
            @Override
            protected KernelError answered(InvocationKind invocation, KernelError error) {
                used.add(invocation);
                return error;
            }
        };
    }

    private static void says(String when, Set<InvocationKind> used) throws IOException {
        String row = used.stream()
                .map(kind -> "`" + method(kind) + "`")
                .collect(Collectors.joining(", ", "| " + when + " | ", " |"));
        assertTrue(Files.readString(PAGE).contains(row), row);
    }

    /** The method's name: TCB_SET_SPACE is tcbSetSpace. */
    private static String method(InvocationKind kind) {
        StringBuilder name = new StringBuilder();
        for (String part : kind.name().split("_")) {
            String lower = part.toLowerCase(Locale.ROOT);
            name.append(name.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return name.toString();
    }

    @Test
    void thePageHasThem() throws IOException {
        Set<InvocationKind> always = used(0, CSpaceGeometry.CURRENT);
        assertEquals(EnumSet.of(InvocationKind.RETYPE, InvocationKind.REVOKE), always);
        says("always", always);
        Set<InvocationKind> pools = used(1 << 22, CSpaceGeometry.CURRENT);
        pools.removeAll(always);
        says("with a virtual pool", pools);
        Set<InvocationKind> spaces = used(0, Objects.requireNonNull(CSpaceGeometry.parse("2:8:10")));
        spaces.removeAll(always);
        says("to work in a new CSpace", spaces);
    }

    @Test
    void aSlotThatIsGivenBackIsEmptied() throws IOException {
        Set<InvocationKind> used = EnumSet.noneOf(InvocationKind.class);
        ManagedMachine machine = ManagedMachine.start(
                Objects.requireNonNull(Boards.byName("tiny")),
                ManagedMachine.Pools.DEFAULT,
                kernel -> noting(kernel, used));
        CapPath slot = machine.vka().allocateSlot().get();
        used.clear();
        machine.vka().freeSlotOrThrow(slot);
        says("when a slot is given back", used);
    }
}
