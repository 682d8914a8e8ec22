package org.allocman.xous;

import static org.allocman.xous.Precursor.MAIN;
import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;

/** On a kernel with more addresses than Xous uses: its own limit, and the part for what is swapped. */
class XousAddressesTest {
    private static final int RW = Flags.READ | Flags.WRITE;
    private static final long UART = 0x1000_0000L;
    private static final long SWAPPED = 0xb000_0000L;

    private final XousMachine machine = Precursor.start(
            new Board(
                    "wide",
                    Architecture.RISCV64,
                    List.of(
                            new Region("uart", Region.Kind.DEVICE, UART, PAGE),
                            new Region("sram", Region.Kind.RAM, MAIN, 8 << 20)),
                    List.of()),
            TableForm.ARRAY,
            kernel -> kernel);
    private final XousSystem xous = machine.system();
    private final long end = AddressLayout.userEnd(Architecture.RISCV64);
    private final int one = right(xous.spawn());
    private final int two = right(xous.spawn());

    private void assertThere(long address) {
        right(xous.touch(one, address));
    }

    private void assertNotThere(long address) {
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(one, address));
    }

    @Test
    void theEndIsTheLowerOfTwo() {
        assertEquals(0xff00_0000L, end);
        assertEquals(Architecture.RISCV32.userTop() & -PAGE, AddressLayout.userEnd(Architecture.RISCV32));
    }

    @Test
    void theSwappedPartTakesWholePages() {
        int virtual = RW | Flags.VIRTUAL;
        assertEquals(
                SWAPPED,
                right(xous.mapMemory(one, 0, SWAPPED + 0x800, PAGE, virtual)).start());
        assertThere(SWAPPED);
        assertThere(SWAPPED + PAGE);
        assertNotThere(SWAPPED + 2 * PAGE);
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.mapMemory(one, 0, SWAPPED + 0x800, PAGE, RW));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.mapMemory(one, 0, 0x9000_0800L, PAGE, virtual));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.mapMemory(one, UART, SWAPPED + 0x800, PAGE, virtual));
        // what a device sees is there at once, but in the swapped part
        long later = right(xous.mapMemory(one, 0, SWAPPED + 16 * PAGE, PAGE, virtual | Flags.DEVICE))
                .start();
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.virtToPhys(one, later));
        assertThere(later);
        assertNotThere(later + PAGE);
        long now = right(xous.mapMemory(one, 0, SWAPPED + 32 * PAGE, PAGE, RW | Flags.DEVICE))
                .start();
        right(xous.virtToPhys(one, now));
    }

    @Test
    void addressesEndWhereTheyEnd() {
        assertEquals(
                end - PAGE, right(xous.mapMemory(one, 0, end - PAGE, PAGE, RW)).start());
        assertThere(end - PAGE);
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.mapMemory(one, 0, end - 2 * PAGE, 3 * PAGE, RW));
        assertNotThere(end - 2 * PAGE);
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.mapMemory(one, 0, end, PAGE, RW));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(one, end));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(one, -PAGE));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.virtToPhys(one, -PAGE));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.virtToPhys(one, 1L << 32));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.mapMemory(one, 0, 0, (256 << 20) + PAGE, RW));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.mapMemory(one, -PAGE, 0, PAGE, RW));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.mapMemory(one, -1, 0, PAGE, RW));
        assertEquals(
                Option.some(XousError.MEMORY_IN_USE), xous.updateMemoryFlags(one, end - PAGE, 2 * PAGE, Flags.READ, 0));
        assertEquals(Either.left(XousError.OUT_OF_MEMORY), xous.lend(one, end - PAGE, 2 * PAGE, two, false));
        assertEquals(Option.none(), xous.unmapMemory(one, end - PAGE, PAGE));
        assertEquals(Option.some(XousError.BAD_ADDRESS), xous.unmapMemory(one, 0xffff_f000L, 2 * PAGE));
    }
}
