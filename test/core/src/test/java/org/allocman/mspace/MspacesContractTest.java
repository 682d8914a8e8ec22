package org.allocman.mspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.testkit.contract.MspaceContract;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Memory;
import org.allocman.vka.PageSize;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every mspace of ours keeps the contract. */
class MspacesContractTest {
    private static final long STATE = 0x1000;
    private static final long FIXED_STATE = 0x2000;
    private static final long WINDOW_STATE = 0x3000;
    private static final long FIXED = 0x1_0000;
    private static final long WINDOW = 0x8_0000;

    /** What pages there are: some from the beginning, some mapped in the window, of which every second address is left out. */
    private static MspaceContract.Subject mspace(int fixedPages, int windowPages) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        Memory memory = physical.words();
        FixedPages fixed = new FixedPages(memory, FIXED_STATE, FIXED, fixedPages);
        fixed.initialise();
        VirtualPages virtual = new VirtualPages(memory, WINDOW_STATE, WINDOW, 2L * windowPages);
        virtual.initialise();
        for (int page = 0; page < windowPages; page++) {
            virtual.add(WINDOW + 2L * page * PageSize.PAGE, 1 + page);
        }
        SlabMspace mspace = new SlabMspace(memory, STATE, new DualPages(fixed, virtual), List.of());
        return new MspaceContract.Subject(mspace, memory, Mspace.MOST, physical::fingerprint);
    }

    private static MspaceContract.Subject buffer(long from, long bytes) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        BufferMspace mspace = new BufferMspace(physical.words(), from, bytes);
        mspace.initialise();
        return new MspaceContract.Subject(mspace, physical.words(), Mspace.MOST, physical::fingerprint);
    }

    /** The manager's own pools: they grow on demand, to a window of 24 pages, and shrink again. */
    private static MspaceContract.Subject onDemand(String board, UntypedDesign kind) throws BootFailure {
        ManagedMachine.Pools pools = new ManagedMachine.Pools(-1, 24 * PageSize.PAGE, kind);
        Machine machine = ManagedMachine.boot(Boards.byName(board), pools);
        Allocman allocman = ManagedMachine.manage(machine, pools, UnaryOperator.identity(), GrowthListener.NONE)
                .get()
                .allocman();
        Mspace mspace = new Mspace() {
            @Override
            public long allocate(int bytes) {
                return Math.max(0, allocman.memory().allocate(bytes));
            }

            @Override
            public boolean free(long address, int bytes) {
                return allocman.memory().free(address, bytes) == 0;
            }
        };
        return new MspaceContract.Subject(mspace, machine.rootMemory(), Mspace.MOST, () -> {
            allocman.trim();
            return allocman.statistics();
        });
    }

    @Nested
    class InACallersMemory extends MspaceContract {
        @Override
        protected Subject subject() {
            return buffer(FIXED + 8, 20 * PageSize.PAGE);
        }
    }

    @Nested
    class OnDemand extends MspaceContract {
        @Override
        protected Subject subject() {
            try {
                return onDemand("pc99", UntypedDesigns.ARENA);
            } catch (BootFailure e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class OnDemandWithHalves extends MspaceContract {
        @Override
        protected Subject subject() {
            try {
                return onDemand("qemu-riscv-virt", UntypedDesigns.SPLIT);
            } catch (BootFailure e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aBufferIsUsedToItsLastPageAndNotBeyond() {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        Memory memory = physical.words();
        for (long from : new long[] {FIXED, FIXED + 8, FIXED + 248, FIXED + 3000, FIXED + 4088}) {
            for (int pages : new int[] {0, 1, 2, 63, 64, 65}) {
                long bytes = BufferMspace.bytesFor(pages);
                memory.store64(from - 8, 0, 77);
                memory.store64(from + bytes, 0, 77);
                BufferMspace mspace = new BufferMspace(memory, from, bytes);
                mspace.initialise();
                assertTrue(mspace.pagesReady() >= pages, pages + " pages, but " + mspace.pagesReady());
                long ready = mspace.pagesReady();
                int had = 0;
                for (long at = mspace.allocate(Mspace.MOST); at != 0; at = mspace.allocate(Mspace.MOST)) {
                    assertTrue(at >= from && at + Mspace.MOST <= from + bytes);
                    memory.store64(at, Mspace.MOST - 8, -1);
                    had++;
                }
                assertEquals(ready, had);
                assertEquals(77, memory.load64(from - 8, 0));
                assertEquals(77, memory.load64(from + bytes, 0));
            }
        }
        assertEquals(0, new BufferMspace(memory, FIXED, 0).allocate(1));
    }

    @Test
    void aBufferIsFoundAgain() {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        BufferMspace first = new BufferMspace(physical.words(), FIXED, 0x8000);
        first.initialise();
        long piece = first.allocate(100);
        BufferMspace second = new BufferMspace(physical.words(), FIXED, 0x8000);
        assertTrue(second.free(piece, 100));
        assertFalse(first.free(piece, 100));
    }

    @Nested
    class Fixed extends MspaceContract {
        @Override
        protected Subject subject() {
            return mspace(12, 0);
        }
    }

    @Nested
    class Virtual extends MspaceContract {
        @Override
        protected Subject subject() {
            return mspace(0, 9);
        }
    }

    @Nested
    class Dual extends MspaceContract {
        @Override
        protected Subject subject() {
            return mspace(3, 7);
        }
    }
}
