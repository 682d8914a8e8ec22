package org.allocman.xous;

import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.wrap.ForwardingKernel;

/** A kernel that, from an address on, names a missing level whatever paging structures it is given, and takes them all. */
final class LevelsKernel extends ForwardingKernel {
    private final long from;
    private boolean lies;

    LevelsKernel(Kernel kernel, long from) {
        super(kernel);
        this.from = from;
    }

    void lie(boolean does) {
        lies = does;
    }

    private boolean liesAbout(long vaddr) {
        return lies && Long.compareUnsigned(vaddr, from) >= 0;
    }

    private static int level(Architecture architecture) {
        int bits = 12;
        while (architecture.tableFor(bits) == null) {
            bits++;
        }
        return bits;
    }

    @Override
    public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
        return liesAbout(vaddr)
                ? KernelError.failedLookup(false, LookupFault.missingCapability(level(architecture())))
                : super.pageMap(frame, vspace, vaddr, rights, attributes);
    }

    @Override
    public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
        return liesAbout(vaddr) ? KernelError.NO_ERROR : super.tableMap(table, vspace, vaddr, attributes);
    }
}
