package org.allocman.testkit.mspace;

import java.util.List;
import org.allocman.mspace.DualPages;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.PageSource;
import org.allocman.mspace.SlabMspace;
import org.allocman.mspace.VirtualPages;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.testkit.contract.MspaceContract;
import org.allocman.vka.Memory;
import org.junit.jupiter.api.Nested;

/** Every mspace of ours keeps the contract. */
class MspacesContractTest {
    private static final long STATE = 0x1000;
    private static final long FIXED_STATE = 0x2000;
    private static final long WINDOW_STATE = 0x3000;
    private static final long FIXED = 0x1_0000;
    private static final long WINDOW = 0x8_0000;
    private static final int MOST = 4032;

    /** What pages there are: some from the beginning, some mapped in the window, of which every second address is left out. */
    private static MspaceContract.Subject mspace(int fixedPages, int windowPages) {
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, 0xf_ffff)));
        Memory memory = physical.words();
        FixedPages fixed = new FixedPages(memory, FIXED_STATE, FIXED, fixedPages);
        fixed.initialise();
        VirtualPages virtual = new VirtualPages(memory, WINDOW_STATE, WINDOW, 2L * windowPages);
        virtual.initialise();
        for (int page = 0; page < windowPages; page++) {
            virtual.add(WINDOW + 2L * page * PageSource.PAGE, 1 + page);
        }
        SlabMspace mspace = new SlabMspace(memory, STATE, new DualPages(fixed, virtual));
        return new MspaceContract.Subject(
                new MspaceContract.Mspace() {
                    @Override
                    public long allocate(int bytes) {
                        return mspace.allocate(bytes);
                    }

                    @Override
                    public boolean free(long address, int bytes) {
                        return mspace.free(address, bytes);
                    }
                },
                memory,
                MOST,
                physical::fingerprint);
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
