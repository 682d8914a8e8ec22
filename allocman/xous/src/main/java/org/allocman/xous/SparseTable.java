package org.allocman.xous;

import org.allocman.vka.layout.Word;

/** The look-up for boards with far more pages than are ever owned: memory is taken only where somebody owns something. */
final class SparseTable implements OwnerTable {
    private static final Word OWNER = new Word("owner", 0);

    private final SparseMap owners;

    SparseTable(SparseMap owners) {
        this.owners = owners;
    }

    @Override
    public int owner(long page) {
        long entry = owners.find(page);
        return entry == 0 ? Pid.FREE : (int) OWNER.get(owners.memory(), entry);
    }

    @Override
    public boolean prepare(long page) {
        if (owners.find(page) != 0) {
            return true;
        }
        return owners.make(page) != 0;
    }

    @Override
    public void setOwner(long page, int pid) {
        long entry = owners.find(page);
        if (pid != Pid.FREE) {
            OWNER.set(owners.memory(), entry, pid);
        } else if (entry != 0) {
            owners.remove(page);
        }
    }

    @Override
    public long next(long from, int pid) {
        for (long page = owners.next(from); page >= 0; page = owners.next(page + 1)) {
            if (owner(page) == pid) {
                return page;
            }
        }
        return -1;
    }

    @Override
    public long bytes() {
        return owners.nodes() * SparseMap.NODE_BYTES;
    }
}
