package org.allocman.check.invariants;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelScheduling.Allotment;
import org.allocman.vka.KernelScheduling.SchedParams;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;

/**
 * Makes invocations at random, most of them sensible: it looks at the root CNode to choose among slots that are in use or
 * free, and now and then takes nonsense instead. One seed makes one invocation on one state, so a history is a list of
 * seeds, and it shrinks well.
 */
public final class RandomInvocations {
    private static final int NONSENSE_OF = 12;
    private static final int FAMILIES = 29;
    private static final int GUEST_SHARE = 4;
    private static final int PAGES = 3;
    private static final int FAR_SHIFT = 21;

    private final Kernel kernel;
    private final Architecture architecture;
    private final Slots slots;
    private final PhysicalMemory memory;
    private final long state;
    private final long lowestSlot;
    private final long freeAddress;
    private final List<ObjectType> types;
    private final int families;
    private final ObjectTypes objectTypes;

    /**
     * Prepares to invoke.
     *
     * @param kernel the kernel
     * @param memory its memory
     * @param state physical address of the kernel's page
     * @param lowestSlot the first slot of the root CNode that may be touched
     * @param freeAddress a virtual address from which on nothing is mapped
     */
    public RandomInvocations(Kernel kernel, PhysicalMemory memory, long state, long lowestSlot, long freeAddress) {
        this.kernel = kernel;
        this.architecture = kernel.architecture();
        this.memory = memory;
        this.slots = new Slots(memory.words(), architecture);
        this.state = state;
        this.lowestSlot = lowestSlot;
        this.freeAddress = freeAddress;
        this.types =
                Arrays.stream(ObjectType.values()).filter(architecture::has).toList();
        // a family that the machine does not have is never drawn, so it takes nothing from the others
        this.families = FAMILIES
                + (architecture.has(ObjectType.EPT_PML4) ? GUEST_SHARE : architecture.has(ObjectType.VCPU) ? 1 : 0);
        this.objectTypes = new ObjectTypes(slots, architecture);
    }

    /**
     * Makes one invocation.
     *
     * @param seed decides which
     * @return the kernel's answer
     */
    public KernelError apply(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Draw(random).invoke();
    }

    /**
     * Looks at every page that invocations map, so that a window remembers all translations that it can. No word changes.
     *
     * @param window memory as the task sees it whose invocations these are
     */
    public void look(PagedMemory window) {
        if (!architecture.hasPaging()) {
            return;
        }
        for (int far = 0; far < 2; far++) {
            for (int page = 0; page < PAGES; page++) {
                long vaddr = freeAddress + page * PAGE + ((long) far << FAR_SHIFT);
                try {
                    // only what was stored to once is remembered
                    window.store64(vaddr, 0, window.load64(vaddr, 0));
                } catch (MemoryFault notMapped) {
                    continue;
                }
            }
        }
    }

    /** One invocation in the making. */
    private final class Draw {
        private final SplittableRandom random;
        private final List<Long> used = new ArrayList<>();
        private final List<Long> free = new ArrayList<>();
        private final long cnode;
        private final int bits = architecture.wordBits();

        Draw(SplittableRandom random) {
            this.random = random;
            long thread = KernelState.thread(memory.words(), state);
            long root = thread < 0 ? -1 : slots.at(thread, TcbLayout.CSPACE);
            boolean lost = root < 0 || slots.type(root) != CapabilityType.CNODE;
            this.cnode = lost ? -1 : slots.object(root);
            long count = lost ? 0 : 1L << slots.cnode().radix(root);
            for (long i = lowestSlot; i < count; i++) {
                (slots.isEmpty(slots.at(cnode, i)) ? free : used).add(i);
            }
        }

        KernelError invoke() {
            return switch (random.nextInt(families)) {
                case 0, 1, 2, 3, 4, 5 -> retype();
                case 6, 7 -> {
                    CapPath to = to();
                    CapPath from = from();
                    yield kernel.copy(to, from, rights());
                }
                case 8, 9 -> {
                    CapPath to = to();
                    CapPath from = random.nextBoolean() ? badgeable() : from();
                    yield kernel.mint(to, from, rights(), data());
                }
                case 10, 11 -> {
                    CapPath to = to();
                    CapPath from = from();
                    yield kernel.move(to, from);
                }
                case 12 -> {
                    CapPath to = to();
                    CapPath from = from();
                    yield kernel.mutate(to, from, data());
                }
                case 13 -> rotate();
                case 14, 15, 16 -> {
                    CapPath at = from();
                    yield kernel.delete(at);
                }
                case 17 -> {
                    CapPath at = from();
                    yield kernel.revoke(at);
                }
                case 18 -> rare();
                case 19, 20 ->
                    kernel.pageMap(of(CapabilityType.FRAME), space(), address(), rights(), random.nextInt(4));
                case 21 ->
                    random.nextBoolean() ? kernel.pageUnmap(of(CapabilityType.FRAME)) : kernel.tableUnmap(table());
                case 22, 23 -> kernel.tableMap(table(), space(), address(), random.nextInt(4));
                case 24 ->
                    kernel.asidPoolAssign(
                            random.nextInt(3) == 0 ? of(CapabilityType.ASID_POOL) : BootSlots.ASID_POOL, root());
                case 25 -> threads();
                case 26 -> new RandomControls(kernel, random, this::to, this::of).invoke(isNonsense());
                case 27 -> bindings();
                case 28 -> scheduling();
                default -> guests();
            };
        }

        private KernelError guests() {
            return architecture.has(ObjectType.EPT_PML4)
                    ? new RandomGuests(kernel, random, this::of, this::object).invoke(isNonsense())
                    : new RandomVcpus(kernel, random, this::of).invoke(isNonsense());
        }

        private KernelError retype() {
            ObjectType type = types.get(random.nextInt(types.size()));
            int number = isNonsense() ? random.nextInt(16) - 2 : architecture.number(type);
            int size = type == ObjectType.CNODE ? random.nextInt(5) : 4 + random.nextInt(11);
            CapPath to = to();
            boolean inside = to.root() != BootSlots.CNODE;
            return kernel.retype(
                    of(CapabilityType.UNTYPED),
                    number,
                    size,
                    to.root(),
                    0,
                    isNonsense() ? random.nextInt(70) : 0,
                    inside ? random.nextInt(4) : to.index(),
                    1 + random.nextInt(random.nextInt(4) + 1));
        }

        private KernelError rotate() {
            CapPath to = to();
            CapPath pivot = from();
            CapPath from = random.nextInt(4) == 0 ? to : from();
            return kernel.rotate(to, data(), pivot, data(), from);
        }

        private KernelError rare() {
            CapPath at = random.nextBoolean() ? from() : to();
            return switch (random.nextInt(5)) {
                case 0 -> kernel.cancelBadgedSends(at);
                case 1 -> kernel.saveCaller(at);
                case 2 -> kernel.asidControlMakePool(BootSlots.ASID_CONTROL, of(CapabilityType.UNTYPED), at);
                case 3 ->
                    kernel.pageCache(
                            CacheOperation.CLEAN, of(CapabilityType.FRAME), random.nextInt(5000), random.nextInt(5000));
                default ->
                    kernel.vspaceCache(CacheOperation.INVALIDATE, space(), address(), address() + random.nextInt(5000));
            };
        }

        private KernelError threads() {
            long tcb = of(CapabilityType.TCB);
            return random.nextBoolean()
                    ? kernel.tcbSetSpace(
                            tcb, new ThreadSpaces(0, of(CapabilityType.CNODE), random.nextInt(8), space(), 0))
                    : kernel.tcbConfigure(
                            tcb,
                            new ThreadSpaces(0, of(CapabilityType.CNODE), 0, space(), 0),
                            address(),
                            of(CapabilityType.FRAME));
        }

        private KernelError bindings() {
            KernelScheduling scheduling = kernel.scheduling();
            long tcb = of(CapabilityType.TCB);
            long context = of(CapabilityType.OBJECT);
            long object = random.nextBoolean() ? tcb : of(CapabilityType.NOTIFICATION);
            return switch (random.nextInt(9)) {
                case 0, 1 -> scheduling.bindNotification(tcb, of(CapabilityType.NOTIFICATION));
                case 2 -> scheduling.unbindNotification(tcb);
                case 3, 4, 5 -> scheduling.bindContext(context, object);
                case 6 -> scheduling.unbindContextFrom(context, object);
                case 7 -> {
                    Either<KernelError, Long> time =
                            random.nextBoolean() ? scheduling.consumed(context) : scheduling.yieldTo(context);
                    yield time.fold(error -> error, used -> KernelError.NO_ERROR);
                }
                default -> scheduling.unbindContext(context);
            };
        }

        private KernelError scheduling() {
            KernelScheduling scheduling = kernel.scheduling();
            long tcb = of(CapabilityType.TCB);
            long authority = random.nextBoolean() ? BootSlots.TCB : of(CapabilityType.TCB);
            int priority = isNonsense() ? random.nextInt() : random.nextInt(256);
            long context = of(CapabilityType.OBJECT);
            long endpoint = random.nextBoolean() ? of(CapabilityType.ENDPOINT) : 0;
            return switch (random.nextInt(6)) {
                case 0 -> scheduling.setPriority(tcb, authority, priority);
                case 1 -> scheduling.setMaxPriority(tcb, authority, priority);
                case 2, 3 ->
                    scheduling.setSchedParams(
                            tcb,
                            authority,
                            new SchedParams(priority, priority, random.nextBoolean() ? context : 0, endpoint));
                case 4 -> scheduling.setTimeoutEndpoint(tcb, endpoint);
                default ->
                    scheduling.configure(
                            schedControl(),
                            context,
                            new Allotment(random.nextInt(2000), random.nextInt(5000), random.nextInt(12), 0, false));
            };
        }

        /** Control over the core's time, which boot puts below all slots that may be touched; anything if there is none. */
        private long schedControl() {
            for (long index = 0; index < lowestSlot && cnode >= 0; index++) {
                long slot = slots.at(cnode, index);
                if (slots.type(slot) == CapabilityType.CONTROL
                        && slots.control().kind(slot) == ControlKind.SCHED_CONTROL) {
                    return index;
                }
            }
            return any(used);
        }

        private boolean isNonsense() {
            return random.nextInt(NONSENSE_OF) == 0;
        }

        private CapPath to() {
            return place(free);
        }

        private CapPath from() {
            return place(used);
        }

        /** Mostly an endpoint or a notification, of which minting is about. */
        private CapPath badgeable() {
            CapabilityType type = random.nextInt(3) != 0 ? CapabilityType.ENDPOINT : CapabilityType.NOTIFICATION;
            return new CapPath(BootSlots.CNODE, of(type), bits);
        }

        /** Mostly a slot of the root CNode, sometimes one of a CNode in it, sometimes nonsense. */
        private CapPath place(List<Long> among) {
            if (isNonsense()) {
                return new CapPath(of(CapabilityType.CNODE), random.nextLong(), random.nextInt(70) - 2);
            }
            if (random.nextInt(5) == 0) {
                long inner = of(CapabilityType.CNODE);
                int radix = cnode < 0 ? 1 : slots.cnode().radix(slots.at(cnode, inner));
                return new CapPath(inner, random.nextInt(8), radix);
            }
            return new CapPath(BootSlots.CNODE, any(among), bits);
        }

        /** The cptr of a capability of a type if there is one. */
        private long of(CapabilityType type) {
            List<Long> some = new ArrayList<>();
            for (long index : used) {
                if (slots.type(slots.at(cnode, index)) == type) {
                    some.add(index);
                }
            }
            return some.isEmpty() || isNonsense() ? any(used) : some.get(random.nextInt(some.size()));
        }

        /** The cptr of an object whose type its capability names, if there is one. */
        private long object(ObjectType type) {
            List<Long> some = new ArrayList<>();
            for (long index : used) {
                long slot = slots.at(cnode, index);
                if (slots.type(slot) == CapabilityType.OBJECT && objectTypes.type(slot) == type) {
                    some.add(index);
                }
            }
            return some.isEmpty() || isNonsense() ? any(used) : some.get(random.nextInt(some.size()));
        }

        /** Any paging structure, the roots among them. */
        private long table() {
            List<Long> some = new ArrayList<>();
            for (long index : used) {
                if (slots.type(slots.at(cnode, index)).isTable()) {
                    some.add(index);
                }
            }
            return some.isEmpty() || isNonsense() ? any(used) : some.get(random.nextInt(some.size()));
        }

        private long space() {
            return random.nextInt(3) != 0 ? BootSlots.VSPACE : root();
        }

        private long root() {
            return of(CapabilityType.of(architecture.vspaceType()));
        }

        private long any(List<Long> among) {
            return among.isEmpty() ? random.nextInt(64) : among.get(random.nextInt(among.size()));
        }

        private long address() {
            if (isNonsense()) {
                return random.nextLong();
            }
            if (!architecture.hasPaging()) {
                long frame = of(CapabilityType.FRAME);
                return cnode < 0 ? 0 : slots.object(slots.at(cnode, frame));
            }
            return freeAddress + random.nextInt(PAGES) * PAGE + ((long) random.nextInt(2) << FAR_SHIFT);
        }

        private CapRights rights() {
            return new CapRights(random.nextInt(3) == 0 ? random.nextInt(16) : CapRights.ALL.bits());
        }

        /** Guard data of few bits, a small badge, or anything. */
        private long data() {
            return isNonsense() ? random.nextLong() : random.nextInt(4);
        }
    }
}
