package org.allocman.uvisor;

/** The blocks of uVisor as memory that is always there: here no object may be made at all. */
class FixedBlocksContractTest extends BlocksContractTest {
    @Override
    boolean isManaged() {
        return false;
    }
}
