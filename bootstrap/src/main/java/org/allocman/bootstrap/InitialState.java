package org.allocman.bootstrap;

import java.util.List;
import java.util.Objects;
import org.allocman.qual.CPtr;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Untyped;

/**
 * What a bootstrap starts from: a CSpace whose free slots follow one another, a thread, and untypeds. The boot info says it
 * of a root task; whoever was started otherwise describes it.
 *
 * @param architecture the kernel's architecture
 * @param root cptr of the CSpace's root CNode
 * @param depth bits of a slot number that a look-up in the root resolves
 * @param occupied slots below the first free one that may hold something
 * @param firstFree the first slot that is empty, 1 or more; so are all behind it
 * @param end one past the last slot
 * @param tcb cptr of the thread that is to use a new CSpace
 * @param vspace cptr of its address space
 * @param untypeds what is to be managed; nothing has been made of them
 */
public record InitialState(
        Architecture architecture,
        @CPtr long root,
        int depth,
        List<SlotRegion> occupied,
        @CPtr long firstFree,
        @CPtr long end,
        @CPtr long tcb,
        @CPtr long vspace,
        List<Untyped> untypeds) {
    /**
     * Keeps copies of the lists.
     *
     * @param architecture the kernel's architecture
     * @param root cptr of the CSpace's root CNode
     * @param depth bits of a slot number that a look-up in the root resolves
     * @param occupied slots below the first free one that may hold something
     * @param firstFree the first slot that is empty, 1 or more; so are all behind it
     * @param end one past the last slot
     * @param tcb cptr of the thread that is to use a new CSpace
     * @param vspace cptr of its address space
     * @param untypeds what is to be managed; nothing has been made of them
     */
    public InitialState {
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(occupied, "occupied");
        Objects.requireNonNull(untypeds, "untypeds");
        occupied = List.copyOf(occupied);
        untypeds = List.copyOf(untypeds);
        if (firstFree < 1 || end < firstFree || depth < 1 || depth > architecture.wordBits()) {
            throw new IllegalArgumentException("slots " + firstFree + " to " + end + " at depth " + depth
                    + " are no stretch of slots: the first is 1 or more, the depth 1 to " + architecture.wordBits());
        }
    }

    /**
     * Where a root task starts.
     *
     * @param bootInfo what the kernel leaves it with
     * @return the initial state
     */
    public static InitialState of(BootInfo bootInfo) {
        Objects.requireNonNull(bootInfo, "bootInfo");
        return new InitialState(
                bootInfo.architecture(),
                BootSlots.CNODE,
                bootInfo.architecture().wordBits(),
                List.of(
                        new SlotRegion(BootSlots.TCB, BootSlots.DOMAIN + 1),
                        new SlotRegion(BootSlots.FIRST_DYNAMIC, bootInfo.empty().start())),
                bootInfo.empty().start(),
                bootInfo.empty().end(),
                BootSlots.TCB,
                BootSlots.VSPACE,
                bootInfo.untypeds());
    }

    /**
     * A CSpace that the caller describes; all slots below the first free one may be occupied, and thread and address space
     * are where a root task has them.
     *
     * @param architecture the kernel's architecture
     * @param root cptr of the root CNode
     * @param depth bits of a slot number that a look-up in the root resolves
     * @param firstFree the first slot that is empty, 1 or more; so are all behind it
     * @param end one past the last slot
     * @param untypeds what is to be managed; nothing has been made of them
     * @return the initial state
     */
    public static InitialState described(
            Architecture architecture,
            @CPtr long root,
            int depth,
            @CPtr long firstFree,
            @CPtr long end,
            List<Untyped> untypeds) {
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(untypeds, "untypeds");
        return new InitialState(
                architecture,
                root,
                depth,
                List.of(new SlotRegion(1, firstFree)),
                firstFree,
                end,
                BootSlots.TCB,
                BootSlots.VSPACE,
                untypeds);
    }

    /**
     * The same with other untypeds, for instance some of those of the boot info.
     *
     * @param list what is to be managed; nothing has been made of them
     * @return an initial state
     */
    public InitialState withUntypeds(List<Untyped> list) {
        return new InitialState(architecture, root, depth, occupied, firstFree, end, tcb, vspace, list);
    }

    /**
     * The same with another thread.
     *
     * @param thread cptr of the thread that is to use a new CSpace
     * @param space cptr of its address space
     * @return an initial state
     */
    public InitialState withThread(@CPtr long thread, @CPtr long space) {
        return new InitialState(architecture, root, depth, occupied, firstFree, end, thread, space, untypeds);
    }
}
