package org.allocman.sim.kernel;

import io.vavr.control.Either;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/**
 * A capability kernel that answers as seL4 does and whose whole state lies in the simulated memory. Every invocation is
 * decoded in one place, whether it comes as a call of the port or as a message ({@link #call}).
 */
public final class SimKernel implements Kernel {
    private final Architecture architecture;
    private final long wordMask;
    private final Slots slots;
    private final CapabilityLookup lookup;
    private final Retype retype;
    private final CNodeInvocations cnodes;
    private final ThreadInvocations threads;
    private final AddressSpaces spaces;

    /**
     * A kernel on a memory that boot has prepared.
     *
     * @param physical the physical memory
     * @param architecture which kernel it is
     * @param state physical address of the kernel's own page, see {@link KernelState}
     * @param spaces the part that knows address spaces
     */
    public SimKernel(PhysicalMemory physical, Architecture architecture, @PhysAddr long state, AddressSpaces spaces) {
        PagedMemory memory = physical.words();
        this.architecture = architecture;
        this.wordMask = -1L >>> Long.SIZE - architecture.wordBits();
        this.spaces = spaces;
        this.slots = new Slots(memory, architecture);
        int tcbBits = KernelState.tcbBits(memory, state, architecture);
        ObjectRegions regions = new ObjectRegions(slots, architecture, tcbBits);
        DerivationList list = new DerivationList(slots, regions);
        CapabilityData data = new CapabilityData(slots, architecture);
        Finaliser finaliser = new Finaliser(memory, slots, regions, list, spaces, state);
        this.lookup = new CapabilityLookup(memory, architecture, slots, state);
        this.retype = new Retype(memory, architecture, tcbBits, slots, list, lookup, spaces);
        this.cnodes = new CNodeInvocations(slots, list, lookup, data, finaliser, spaces);
        this.threads = new ThreadInvocations(memory, slots, list, data, cnodes, finaliser, spaces);
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    /**
     * Sends a message to a capability, as a thread does with a system call. Every cptr is looked up before the message is
     * read; the capability's type decides what the message means.
     *
     * @param service cptr of the capability
     * @param message the message
     * @return the answer
     */
    public KernelReply call(@CPtr long service, KernelMessage message) {
        long slot = lookup.slot(service & wordMask);
        if (slot < 0) {
            return KernelReply.of(lookup.slotError(service & wordMask));
        }
        for (long cptr : message.capabilities()) {
            if (lookup.slot(cptr & wordMask) < 0) {
                return KernelReply.of(lookup.slotError(cptr & wordMask));
            }
        }
        KernelMessage words = message.masked(wordMask);
        long first = extra(message, 0);
        long second = extra(message, 1);
        return switch (slots.type(slot)) {
            case UNTYPED -> KernelReply.of(retype.decode(slot, words, first));
            case CNODE -> KernelReply.of(cnodes.decode(slot, words, first, second));
            case TCB -> KernelReply.of(threads.decode(slot, words, first, second, extra(message, 2)));
            case FRAME, PAGE_TABLE, PAGE_DIRECTORY, PDPT, VSPACE, ASID_POOL ->
                spaces.invoke(slot, words, first, second);
            case CONTROL ->
                slots.control().kind(slot) == ControlKind.ASID_CONTROL
                        ? spaces.invoke(slot, words, first, second)
                        : KernelReply.of(KernelError.illegalOperation());
            case NOTIFICATION ->
                KernelReply.of(
                        (slots.endpoint().rights(slot) & CapRights.WRITE) != 0
                                ? KernelError.NO_ERROR
                                : KernelError.invalidCapability(0));
            default -> KernelReply.of(notInvocable(slot));
        };
    }

    private long extra(KernelMessage message, int index) {
        long[] capabilities = message.capabilities();
        return index < capabilities.length ? lookup.slot(capabilities[index] & wordMask) : -1;
    }

    /** The answer of a capability that does not have the invocation asked for. */
    private KernelError notInvocable(long slot) {
        return switch (slots.type(slot)) {
            case NULL, ZOMBIE -> KernelError.invalidCapability(0);
            case ENDPOINT, NOTIFICATION ->
                (slots.endpoint().rights(slot) & CapRights.WRITE) != 0
                        ? KernelError.illegalOperation()
                        : KernelError.invalidCapability(0);
            default -> KernelError.illegalOperation();
        };
    }

    @Override
    public KernelError retype(
            @CPtr long untyped,
            int type,
            int sizeBits,
            @CPtr long root,
            long nodeIndex,
            int nodeDepth,
            long nodeOffset,
            int count) {
        long slot = lookup.slot(untyped & wordMask);
        long node = lookup.slot(root & wordMask);
        if (slot < 0 || node < 0) {
            return firstFault(slot, untyped, root);
        }
        if (slots.type(slot) != CapabilityType.UNTYPED) {
            return notInvocable(slot);
        }
        return retype.invoke(
                slot,
                type & wordMask,
                sizeBits & wordMask,
                node,
                nodeIndex & wordMask,
                nodeDepth & wordMask,
                nodeOffset & wordMask,
                count & wordMask);
    }

    private KernelError firstFault(long firstSlot, long firstCptr, long secondCptr) {
        return lookup.slotError((firstSlot < 0 ? firstCptr : secondCptr) & wordMask);
    }

    @Override
    public KernelError copy(
            @CPtr long destRoot,
            long destIndex,
            int destDepth,
            @CPtr long srcRoot,
            long srcIndex,
            int srcDepth,
            CapRights rights) {
        return transfer(
                CNodeInvocations.Transfer.COPY,
                destRoot,
                destIndex,
                destDepth,
                srcRoot,
                srcIndex,
                srcDepth,
                rights.bits(),
                0);
    }

    @Override
    public KernelError mint(
            @CPtr long destRoot,
            long destIndex,
            int destDepth,
            @CPtr long srcRoot,
            long srcIndex,
            int srcDepth,
            CapRights rights,
            long badge) {
        return transfer(
                CNodeInvocations.Transfer.MINT,
                destRoot,
                destIndex,
                destDepth,
                srcRoot,
                srcIndex,
                srcDepth,
                rights.bits(),
                badge);
    }

    @Override
    public KernelError move(
            @CPtr long destRoot, long destIndex, int destDepth, @CPtr long srcRoot, long srcIndex, int srcDepth) {
        return transfer(
                CNodeInvocations.Transfer.MOVE, destRoot, destIndex, destDepth, srcRoot, srcIndex, srcDepth, 0, 0);
    }

    @Override
    public KernelError mutate(
            @CPtr long destRoot,
            long destIndex,
            int destDepth,
            @CPtr long srcRoot,
            long srcIndex,
            int srcDepth,
            long badge) {
        return transfer(
                CNodeInvocations.Transfer.MUTATE,
                destRoot,
                destIndex,
                destDepth,
                srcRoot,
                srcIndex,
                srcDepth,
                0,
                badge);
    }

    private KernelError transfer(
            CNodeInvocations.Transfer kind,
            long destRoot,
            long destIndex,
            int destDepth,
            long srcRoot,
            long srcIndex,
            int srcDepth,
            int rights,
            long data) {
        long root = lookup.slot(destRoot & wordMask);
        long source = lookup.slot(srcRoot & wordMask);
        if (root < 0 || source < 0) {
            return firstFault(root, destRoot, srcRoot);
        }
        if (slots.type(root) != CapabilityType.CNODE) {
            return notInvocable(root);
        }
        return cnodes.transfer(
                kind,
                kind.words(),
                root,
                destIndex & wordMask,
                destDepth & wordMask,
                source,
                srcIndex & wordMask,
                srcDepth & wordMask,
                rights,
                data & wordMask);
    }

    @Override
    public KernelError rotate(
            @CPtr long destRoot,
            long destIndex,
            int destDepth,
            long destBadge,
            @CPtr long pivotRoot,
            long pivotIndex,
            int pivotDepth,
            long pivotBadge,
            @CPtr long srcRoot,
            long srcIndex,
            int srcDepth) {
        long root = lookup.slot(destRoot & wordMask);
        long pivot = lookup.slot(pivotRoot & wordMask);
        long source = lookup.slot(srcRoot & wordMask);
        if (root < 0 || pivot < 0 || source < 0) {
            return root < 0 ? lookup.slotError(destRoot & wordMask) : firstFault(pivot, pivotRoot, srcRoot);
        }
        if (slots.type(root) != CapabilityType.CNODE) {
            return notInvocable(root);
        }
        return cnodes.rotate(
                CNodeInvocations.ROTATE_WORDS,
                root,
                destIndex & wordMask,
                destDepth & wordMask,
                destBadge & wordMask,
                pivot,
                pivotIndex & wordMask,
                pivotDepth & wordMask,
                pivotBadge & wordMask,
                source,
                srcIndex & wordMask,
                srcDepth & wordMask);
    }

    @Override
    public KernelError delete(@CPtr long root, long index, int depth) {
        long slot = lookup.slot(root & wordMask);
        KernelError error = checkRoot(slot, root);
        return error.failed() ? error : cnodes.delete(slot, index & wordMask, depth & wordMask);
    }

    @Override
    public KernelError revoke(@CPtr long root, long index, int depth) {
        long slot = lookup.slot(root & wordMask);
        KernelError error = checkRoot(slot, root);
        return error.failed() ? error : cnodes.revoke(slot, index & wordMask, depth & wordMask);
    }

    @Override
    public KernelError cancelBadgedSends(@CPtr long root, long index, int depth) {
        long slot = lookup.slot(root & wordMask);
        KernelError error = checkRoot(slot, root);
        return error.failed() ? error : cnodes.cancelBadgedSends(slot, index & wordMask, depth & wordMask);
    }

    @Override
    public KernelError saveCaller(@CPtr long root, long index, int depth) {
        long slot = lookup.slot(root & wordMask);
        KernelError error = checkRoot(slot, root);
        return error.failed() ? error : cnodes.saveCaller(slot, index & wordMask, depth & wordMask);
    }

    private KernelError checkRoot(long slot, long cptr) {
        if (slot < 0) {
            return lookup.slotError(cptr & wordMask);
        }
        return slots.type(slot) == CapabilityType.CNODE ? KernelError.NO_ERROR : notInvocable(slot);
    }

    @Override
    public KernelError pageMap(
            @CPtr long frame, @CPtr long vspace, @VirtAddr long vaddr, CapRights rights, long attributes) {
        long slot = lookup.slot(frame & wordMask);
        long root = lookup.slot(vspace & wordMask);
        if (slot < 0 || root < 0) {
            return firstFault(slot, frame, vspace);
        }
        if (slots.type(slot) != CapabilityType.FRAME) {
            return notInvocable(slot);
        }
        return spaces.pageMap(slot, root, vaddr & wordMask, rights.bits(), attributes & wordMask);
    }

    @Override
    public KernelError pageUnmap(@CPtr long frame) {
        long slot = lookup.slot(frame & wordMask);
        if (slot < 0) {
            return lookup.slotError(frame & wordMask);
        }
        return slots.type(slot) == CapabilityType.FRAME ? spaces.pageUnmap(slot) : notInvocable(slot);
    }

    @Override
    public Either<KernelError, @PhysAddr Long> pageGetAddress(@CPtr long frame) {
        long slot = lookup.slot(frame & wordMask);
        if (slot < 0) {
            return Either.left(lookup.slotError(frame & wordMask));
        }
        return slots.type(slot) == CapabilityType.FRAME
                ? Either.right(slots.object(slot))
                : Either.left(notInvocable(slot));
    }

    @Override
    public KernelError tableMap(@CPtr long table, @CPtr long vspace, @VirtAddr long vaddr, long attributes) {
        long slot = lookup.slot(table & wordMask);
        long root = lookup.slot(vspace & wordMask);
        if (slot < 0 || root < 0) {
            return firstFault(slot, table, vspace);
        }
        return isMappableTable(slot)
                ? spaces.tableMap(slot, root, vaddr & wordMask, attributes & wordMask)
                : notInvocable(slot);
    }

    @Override
    public KernelError tableUnmap(@CPtr long table) {
        long slot = lookup.slot(table & wordMask);
        if (slot < 0) {
            return lookup.slotError(table & wordMask);
        }
        return isMappableTable(slot) ? spaces.tableUnmap(slot) : notInvocable(slot);
    }

    /** Whether an address space's cache operations are invocations of the type, as far as the kernel knows: they may be none. */
    private static boolean isRootType(CapabilityType type) {
        return type == CapabilityType.VSPACE || type == CapabilityType.PAGE_DIRECTORY;
    }

    private boolean isMappableTable(long slot) {
        CapabilityType type = slots.type(slot);
        return type.isTable() && type != CapabilityType.VSPACE;
    }

    @Override
    public KernelError asidPoolAssign(@CPtr long pool, @CPtr long vspace) {
        long slot = lookup.slot(pool & wordMask);
        long root = lookup.slot(vspace & wordMask);
        if (slot < 0 || root < 0) {
            return firstFault(slot, pool, vspace);
        }
        return slots.type(slot) == CapabilityType.ASID_POOL ? spaces.asidPoolAssign(slot, root) : notInvocable(slot);
    }

    @Override
    public KernelError asidControlMakePool(
            @CPtr long control, @CPtr long untyped, @CPtr long root, long index, int depth) {
        long slot = lookup.slot(control & wordMask);
        long source = lookup.slot(untyped & wordMask);
        long node = lookup.slot(root & wordMask);
        if (slot < 0 || source < 0 || node < 0) {
            return slot < 0 ? lookup.slotError(control & wordMask) : firstFault(source, untyped, root);
        }
        if (slots.type(slot) != CapabilityType.CONTROL || slots.control().kind(slot) != ControlKind.ASID_CONTROL) {
            return notInvocable(slot);
        }
        return spaces.makePool(source, node, index & wordMask, depth & wordMask);
    }

    @Override
    public KernelError pageCache(CacheOperation operation, @CPtr long frame, @Bytes long start, @Bytes long end) {
        long slot = lookup.slot(frame & wordMask);
        if (slot < 0) {
            return lookup.slotError(frame & wordMask);
        }
        return slots.type(slot) == CapabilityType.FRAME
                ? spaces.pageCache(operation, slot, start & wordMask, end & wordMask)
                : notInvocable(slot);
    }

    @Override
    public KernelError vspaceCache(
            CacheOperation operation, @CPtr long vspace, @VirtAddr long start, @VirtAddr long end) {
        long slot = lookup.slot(vspace & wordMask);
        if (slot < 0) {
            return lookup.slotError(vspace & wordMask);
        }
        return isRootType(slots.type(slot))
                ? spaces.vspaceCache(operation, slot, start & wordMask, end & wordMask)
                : notInvocable(slot);
    }

    @Override
    public KernelError tcbSetSpace(
            @CPtr long tcb,
            @CPtr long faultEndpoint,
            @CPtr long cspaceRoot,
            long cspaceData,
            @CPtr long vspaceRoot,
            long vspaceData) {
        long slot = lookup.slot(tcb & wordMask);
        long cspace = lookup.slot(cspaceRoot & wordMask);
        long vspace = lookup.slot(vspaceRoot & wordMask);
        if (slot < 0 || cspace < 0 || vspace < 0) {
            return slot < 0 ? lookup.slotError(tcb & wordMask) : firstFault(cspace, cspaceRoot, vspaceRoot);
        }
        return slots.type(slot) == CapabilityType.TCB
                ? threads.setSpace(slot, faultEndpoint & wordMask, cspace, cspaceData & wordMask, vspace)
                : notInvocable(slot);
    }

    @Override
    public KernelError tcbConfigure(
            @CPtr long tcb,
            @CPtr long faultEndpoint,
            @CPtr long cspaceRoot,
            long cspaceData,
            @CPtr long vspaceRoot,
            long vspaceData,
            @VirtAddr long buffer,
            @CPtr long bufferFrame) {
        long slot = lookup.slot(tcb & wordMask);
        long cspace = lookup.slot(cspaceRoot & wordMask);
        long vspace = lookup.slot(vspaceRoot & wordMask);
        long frame = lookup.slot(bufferFrame & wordMask);
        if (slot < 0 || cspace < 0) {
            return firstFault(slot, tcb, cspaceRoot);
        }
        if (vspace < 0 || frame < 0) {
            return firstFault(vspace, vspaceRoot, bufferFrame);
        }
        if (slots.type(slot) != CapabilityType.TCB) {
            return notInvocable(slot);
        }
        return threads.configure(
                slot, faultEndpoint & wordMask, cspace, cspaceData & wordMask, vspace, buffer & wordMask, frame);
    }
}
