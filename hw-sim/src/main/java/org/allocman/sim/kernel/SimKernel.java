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
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelPorts;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVtx;
import org.allocman.vka.ThreadSpaces;

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
    private final MessageInvocations messages;
    private final KernelComponents components;

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
        CapDerivation derivation = new CapDerivation(slots, list, data, spaces);
        ObjectTypes types = new ObjectTypes(slots, architecture);
        Bindings bindings = new Bindings(memory, slots, architecture.hasMcs());
        Finaliser finaliser = new Finaliser(memory, architecture, slots, regions, list, spaces, bindings, state);
        this.lookup = new CapabilityLookup(memory, architecture, slots, state);
        this.retype = new Retype(memory, architecture, tcbBits, slots, list, lookup, spaces, state);
        this.cnodes = new CNodeInvocations(slots, list, lookup, data, finaliser, derivation);
        this.threads = new ThreadInvocations(
                memory, slots, list, data, derivation, finaliser, spaces, bindings, types, architecture, state);
        KernelLabels labels = KernelLabels.of(architecture, spaces.lastLabel());
        Interrupts interrupts = new Interrupts(memory, slots, state);
        this.messages = new MessageInvocations(
                architecture,
                slots,
                types,
                lookup,
                new MessageInvocations.Decoders(
                        retype,
                        cnodes,
                        threads,
                        new InterruptInvocations(slots, list, lookup, finaliser, derivation, interrupts, labels),
                        new SchedulingInvocations(memory, architecture, slots, types, bindings, state),
                        new PortInvocations(slots, list, lookup, labels.ports()),
                        new DomainInvocations(memory, slots, architecture, state),
                        new VcpuInvocations(memory, architecture, slots, interrupts, labels.vcpus()),
                        new VtxInvocations(memory, slots, types, spaces, labels),
                        spaces,
                        bindings));
        this.components = KernelComponents.of(messages, architecture, spaces.hasIoPorts(), labels);
    }

    @Override
    public KernelInterrupts interrupts() {
        return components.interrupts();
    }

    @Override
    public KernelScheduling scheduling() {
        return components.scheduling();
    }

    @Override
    public KernelPorts ports() {
        return components.ports();
    }

    @Override
    public KernelVcpus vcpus() {
        return components.vcpus();
    }

    @Override
    public KernelVtx vtx() {
        return components.vtx();
    }

    @Override
    public KernelDomains domains() {
        return components.domains();
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
        return messages.call(service, message);
    }

    private boolean isAsidControl(long slot) {
        return slots.type(slot) == CapabilityType.CONTROL && slots.control().kind(slot) == ControlKind.ASID_CONTROL;
    }

    /** Whether a capability is of a paging structure that is mapped into an address space, not the root of one. */
    private boolean isMappableTable(long slot) {
        CapabilityType type = slots.type(slot);
        return type.isTable() && type != CapabilityType.VSPACE;
    }

    /** Whether an address space's cache operations are invocations of the type, as far as the kernel knows: they may be none. */
    private boolean isRoot(long slot) {
        CapabilityType type = slots.type(slot);
        return type == CapabilityType.VSPACE || type == CapabilityType.PAGE_DIRECTORY;
    }

    /** The slot of the capability invoked; negative if it is not found, or is of another type: {@link #refusal} says which. */
    private long invoked(@CPtr long cptr, CapabilityType type) {
        long slot = lookup.slot(cptr);
        return slot >= 0 && slots.type(slot) == type ? slot : -1;
    }

    /**
     * Why an invocation did not come to its own checks: the first of its capabilities that is not found, or else the type of
     * the one invoked. They are looked up again, so that success makes no object.
     */
    private KernelError refusal(@CPtr long... capabilities) {
        for (long cptr : capabilities) {
            if (lookup.slot(cptr) < 0) {
                return lookup.slotError(cptr);
            }
        }
        return messages.notInvocable(lookup.slot(capabilities[0]));
    }

    private long word(long value) {
        return value & wordMask;
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
        long space = lookup.root();
        long slot = lookup.slot(space, untyped);
        long node = lookup.slot(space, root);
        if (slot < 0 || node < 0 || slots.type(slot) != CapabilityType.UNTYPED) {
            return refusal(untyped, root);
        }
        return retype.invoke(
                slot,
                word(type),
                word(sizeBits),
                node,
                word(nodeIndex),
                word(nodeDepth),
                word(nodeOffset),
                word(count));
    }

    @Override
    public KernelError copy(CapPath to, CapPath from, CapRights rights) {
        return transfer(CNodeInvocations.Transfer.COPY, to, from, rights.bits(), 0);
    }

    @Override
    public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
        return transfer(CNodeInvocations.Transfer.MINT, to, from, rights.bits(), badge);
    }

    @Override
    public KernelError move(CapPath to, CapPath from) {
        return transfer(CNodeInvocations.Transfer.MOVE, to, from, 0, 0);
    }

    @Override
    public KernelError mutate(CapPath to, CapPath from, long badge) {
        return transfer(CNodeInvocations.Transfer.MUTATE, to, from, 0, badge);
    }

    private KernelError transfer(CNodeInvocations.Transfer kind, CapPath to, CapPath from, int rights, long data) {
        long root = invoked(to.root(), CapabilityType.CNODE);
        long source = lookup.slot(from.root());
        if (root < 0 || source < 0) {
            return refusal(to.root(), from.root());
        }
        return cnodes.transfer(
                kind,
                kind.words(),
                root,
                word(to.index()),
                word(to.depth()),
                source,
                word(from.index()),
                word(from.depth()),
                rights,
                word(data));
    }

    @Override
    public KernelError rotate(CapPath to, long toBadge, CapPath pivot, long pivotBadge, CapPath from) {
        long root = invoked(to.root(), CapabilityType.CNODE);
        long pivotRoot = lookup.slot(pivot.root());
        long source = lookup.slot(from.root());
        if (root < 0 || pivotRoot < 0 || source < 0) {
            return refusal(to.root(), pivot.root(), from.root());
        }
        return cnodes.rotate(
                CNodeInvocations.ROTATE_WORDS,
                root,
                word(to.index()),
                word(to.depth()),
                word(toBadge),
                pivotRoot,
                word(pivot.index()),
                word(pivot.depth()),
                word(pivotBadge),
                source,
                word(from.index()),
                word(from.depth()));
    }

    @Override
    public KernelError delete(@CPtr long root, long index, int depth) {
        long node = invoked(root, CapabilityType.CNODE);
        return node < 0 ? refusal(root) : cnodes.delete(node, word(index), word(depth));
    }

    @Override
    public KernelError revoke(@CPtr long root, long index, int depth) {
        long node = invoked(root, CapabilityType.CNODE);
        return node < 0 ? refusal(root) : cnodes.revoke(node, word(index), word(depth));
    }

    @Override
    public KernelError cancelBadgedSends(CapPath at) {
        long node = invoked(at.root(), CapabilityType.CNODE);
        return node < 0 ? refusal(at.root()) : cnodes.cancelBadgedSends(node, word(at.index()), word(at.depth()));
    }

    @Override
    public KernelError saveCaller(CapPath at) {
        long node = invoked(at.root(), CapabilityType.CNODE);
        return node < 0 ? refusal(at.root()) : cnodes.saveCaller(node, word(at.index()), word(at.depth()));
    }

    @Override
    public KernelError pageMap(
            @CPtr long frame, @CPtr long vspace, @VirtAddr long vaddr, CapRights rights, long attributes) {
        long slot = invoked(frame, CapabilityType.FRAME);
        long root = lookup.slot(vspace);
        return slot < 0 || root < 0
                ? refusal(frame, vspace)
                : spaces.pageMap(slot, root, word(vaddr), rights.bits(), word(attributes));
    }

    @Override
    public KernelError pageUnmap(@CPtr long frame) {
        long slot = invoked(frame, CapabilityType.FRAME);
        return slot < 0 ? refusal(frame) : spaces.pageUnmap(slot);
    }

    @Override
    public Either<KernelError, @PhysAddr Long> pageGetAddress(@CPtr long frame) {
        long slot = invoked(frame, CapabilityType.FRAME);
        return slot < 0 ? Either.left(refusal(frame)) : Either.right(slots.object(slot));
    }

    @Override
    public KernelError tableMap(@CPtr long table, @CPtr long vspace, @VirtAddr long vaddr, long attributes) {
        long slot = lookup.slot(table);
        long root = lookup.slot(vspace);
        return slot < 0 || root < 0 || !isMappableTable(slot)
                ? refusal(table, vspace)
                : spaces.tableMap(slot, root, word(vaddr), word(attributes));
    }

    @Override
    public KernelError tableUnmap(@CPtr long table) {
        long slot = lookup.slot(table);
        return slot < 0 || !isMappableTable(slot) ? refusal(table) : spaces.tableUnmap(slot);
    }

    @Override
    public KernelError asidPoolAssign(@CPtr long pool, @CPtr long vspace) {
        long slot = invoked(pool, CapabilityType.ASID_POOL);
        long root = lookup.slot(vspace);
        return slot < 0 || root < 0 ? refusal(pool, vspace) : spaces.asidPoolAssign(slot, root);
    }

    @Override
    public KernelError asidControlMakePool(@CPtr long control, @CPtr long untyped, CapPath to) {
        long slot = lookup.slot(control);
        long source = lookup.slot(untyped);
        long node = lookup.slot(to.root());
        return slot < 0 || source < 0 || node < 0 || !isAsidControl(slot)
                ? refusal(control, untyped, to.root())
                : spaces.makePool(source, node, word(to.index()), word(to.depth()));
    }

    @Override
    public KernelError pageCache(CacheOperation operation, @CPtr long frame, @Bytes long start, @Bytes long end) {
        long slot = invoked(frame, CapabilityType.FRAME);
        return slot < 0 ? refusal(frame) : spaces.pageCache(operation, slot, word(start), word(end));
    }

    @Override
    public KernelError vspaceCache(
            CacheOperation operation, @CPtr long vspace, @VirtAddr long start, @VirtAddr long end) {
        long slot = lookup.slot(vspace);
        return slot < 0 || !isRoot(slot)
                ? refusal(vspace)
                : spaces.vspaceCache(operation, slot, word(start), word(end));
    }

    @Override
    public KernelError tcbSetSpace(@CPtr long tcb, ThreadSpaces given) {
        long slot = invoked(tcb, CapabilityType.TCB);
        long cspace = lookup.slot(given.cspaceRoot());
        long vspace = lookup.slot(given.vspaceRoot());
        if (architecture.hasMcs()) {
            long handler = lookup.slot(given.faultEndpoint());
            return slot < 0 || handler < 0 || cspace < 0 || vspace < 0
                    ? refusal(tcb, given.faultEndpoint(), given.cspaceRoot(), given.vspaceRoot())
                    : threads.setSpaceWithMcs(slot, handler, cspace, word(given.cspaceData()), vspace);
        }
        return slot < 0 || cspace < 0 || vspace < 0
                ? refusal(tcb, given.cspaceRoot(), given.vspaceRoot())
                : threads.setSpace(slot, word(given.faultEndpoint()), cspace, word(given.cspaceData()), vspace);
    }

    @Override
    public KernelError tcbConfigure(@CPtr long tcb, ThreadSpaces given, @VirtAddr long buffer, @CPtr long bufferFrame) {
        long slot = invoked(tcb, CapabilityType.TCB);
        long cspace = lookup.slot(given.cspaceRoot());
        long vspace = lookup.slot(given.vspaceRoot());
        long frame = lookup.slot(bufferFrame);
        return slot < 0 || cspace < 0 || vspace < 0 || frame < 0
                ? refusal(tcb, given.cspaceRoot(), given.vspaceRoot(), bufferFrame)
                : threads.configure(
                        slot,
                        word(given.faultEndpoint()),
                        cspace,
                        word(given.cspaceData()),
                        vspace,
                        word(buffer),
                        frame);
    }
}
