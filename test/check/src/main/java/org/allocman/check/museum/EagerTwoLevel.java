package org.allocman.check.museum;

import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/** Makes all second levels at once when the first slot is wanted, in as few retypes as the kernel takes. */
class EagerTwoLevel extends SmallTwoLevel {
    private final Memory memory;
    private final long made;
    private final long source;

    /**
     * A CSpace.
     *
     * @param made address of a word, zero as long as there are no second levels
     * @param source cptr of the untyped that second levels are made from
     */
    EagerTwoLevel(
            Kernel kernel,
            Kernel setUp,
            Memory memory,
            long state,
            long untyped,
            long slot,
            int first,
            int second,
            long made,
            long source) {
        super(kernel, setUp, memory, state, untyped, slot, first, second);
        this.memory = memory;
        this.made = made;
        this.source = source;
    }

    /** How many objects one retype may make. */
    protected int fanOut() {
        return Architecture.RETYPE_FAN_OUT_LIMIT;
    }

    @Override
    protected boolean makeLevel(int level) {
        int from = (int) memory.load64(made, 0);
        while (from < levels) {
            int count = Math.min(fanOut(), levels - from);
            int cnode = kernel.architecture().number(ObjectType.CNODE);
            if (kernel.retype(source, cnode, radix, root, 0, 0, from, count).failed()) {
                return false;
            }
            from += count;
            memory.store64(made, 0, from);
        }
        return true;
    }

    @Override
    protected boolean dropLevel(int level) {
        return false;
    }
}
