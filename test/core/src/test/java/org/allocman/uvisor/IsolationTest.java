package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.mpu.MpuShape;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every configuration of three boxes, four blocks and up to three of the ranges below, given to any box: either it is refused, or a box
 * that tries everything reaches no more than the configuration grants. What is granted is computed here from sizes and owners,
 * with none of the rules for configurations: a mistake in those lets a box reach what is another's, and is seen.
 */
class IsolationTest {
    private static final long RAM = 0x2000_0000L;
    private static final long RAM_BYTES = 32 << 10;
    private static final long BLOCK = 4 << 10;
    private static final long DEVICE = 0x4000_1000L;
    private static final long DEVICE_BYTES = 1 << 10;
    private static final long KINETIS_REGISTERS = 0x4000_d000L;
    /** Words that show bits of the device and of the first RAM, as a Cortex-M3 or M4 has them. */
    private static final long DEVICE_BITS = 0x4202_0000L;

    private static final long RAM_BITS = 0x2200_0000L;
    private static final int BIT_BAND_SCALE = 32;
    private static final long BOOKS = 1L << 32;
    private static final int BOXES = 3;
    private static final int ROUNDS = 2;
    private static final int LEAST_ACCEPTED = 50;

    /** What else is asked for where there are bit-bands: bits of what others may have, of RAM, and of the Kinetis registers. */
    private static final List<BoxAcl> BITS =
            List.of(new BoxAcl(DEVICE_BITS, 16 << 10, true, true), new BoxAcl(RAM_BITS, 128 << 10, true));

    private List<BoxAcl> ranges = List.of(
            new BoxAcl(DEVICE, 512, true),
            new BoxAcl(DEVICE, 512, false, true),
            new BoxAcl(DEVICE + 256, 256, true, true),
            new BoxAcl(DEVICE + 512, 512, false),
            new BoxAcl(DEVICE + 512, 1024, false),
            new BoxAcl(RAM, 4 << 10, true),
            new BoxAcl(RAM + RAM_BYTES - 2 * BLOCK, BLOCK, false),
            new BoxAcl(RAM + RAM_BYTES - BLOCK, BLOCK, true, true),
            new BoxAcl(KINETIS_REGISTERS, 32, true),
            new BoxAcl(SimMpu.REGISTERS & -256, 256, true),
            new BoxAcl(0xe000_0000L, 1 << 20, false));

    /** One configured machine, and what is granted on it. */
    private final class Configured {
        final List<BoxSetup> boxes;
        final MpuKind kind;
        final PhysicalMemory physical;
        final Uvisor uvisor;

        Configured(MpuKind kind, List<BoxSetup> boxes, UvisorPlan plan) {
            this.kind = kind;
            this.boxes = boxes;
            this.physical = new PhysicalMemory(List.of(
                    new PhysicalMemory.Extent(RAM, RAM + RAM_BYTES - 1),
                    new PhysicalMemory.Extent(DEVICE, DEVICE + 2 * DEVICE_BYTES - 1),
                    new PhysicalMemory.Extent(KINETIS_REGISTERS, KINETIS_REGISTERS + 4095),
                    new PhysicalMemory.Extent(0xe000_0000L, 0xe00f_ffffL),
                    new PhysicalMemory.Extent(DEVICE_BITS, DEVICE_BITS + BIT_BAND_SCALE * DEVICE_BYTES - 1),
                    new PhysicalMemory.Extent(RAM_BITS, RAM_BITS + BIT_BAND_SCALE * RAM_BYTES - 1),
                    new PhysicalMemory.Extent(BOOKS, BOOKS + (1 << 16))));
            SimMpu mpu = new SimMpu(
                    physical.words(),
                    SimMpu.REGISTERS,
                    new MpuShape(kind.hasEighths(), kind.smallest(), kind.usualRegions()));
            Memory behind = physical.window(mpu);
            this.uvisor = new Uvisor(
                    plan,
                    new Uvisor.Hardware(mpu, physical.words(), behind),
                    BlockSource.ALWAYS_THERE,
                    UvisorMetadata.at(plan, mpu, BOOKS));
            uvisor.start();
        }

        /** Whether a box may have an address: it is its own, or shared by all who have it, and it is nobody's registers. */
        boolean isGranted(int box, long seen, boolean write) {
            long address = kind.mayHaveBitBands() ? shown(seen) : seen;
            BlockGeometry geometry = uvisor.plan().geometry();
            if (address >= RAM && address < RAM + RAM_BYTES) {
                for (BoxRegion region : uvisor.plan().placement().regions()) {
                    long end = kind.hasEighths() ? region.base() + region.bytes() : region.stackPointer();
                    boolean isData = address >= region.data() && address < region.data() + region.dataBytes();
                    if (isData || address >= region.stack() && address < end) {
                        return region.box() == box;
                    }
                }
                int block = geometry.blockAt(address);
                int owner = block < 0 ? BlockPool.NONE : uvisor.pool().owner(block);
                return owner == box || owner == BlockPool.PUBLIC_BOX && !write;
            }
            boolean isDevice = address >= DEVICE && address < DEVICE + DEVICE_BYTES
                    || kind != MpuKind.KINETIS && address >= KINETIS_REGISTERS && address < KINETIS_REGISTERS + 4096;
            return isDevice && isAsked(box, address, write) && mayAllHave(address);
        }

        private boolean isAsked(int box, long address, boolean write) {
            for (int who : new int[] {box, BlockPool.PUBLIC_BOX}) {
                for (BoxAcl acl : boxes.get(who).acls()) {
                    if (isIn(acl, address) && (acl.writable() || !write)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean mayAllHave(long address) {
            int askers = 0;
            boolean isShared = true;
            for (BoxSetup setup : boxes) {
                for (BoxAcl acl : setup.acls()) {
                    if (isIn(acl, address)) {
                        askers++;
                        isShared &= acl.shared();
                    }
                }
            }
            return askers == 1 || isShared;
        }

        /** Lets each box try every edge, as it is at first and after calls of all boxes. */
        void explore(Set<String> wrong) {
            for (int round = 0; round <= ROUNDS; round++) {
                for (int box = 0; box < BOXES; box++) {
                    uvisor.enterBox(box);
                    for (long address : edges()) {
                        access(wrong, box, address, false);
                        access(wrong, box, address, true);
                    }
                }
                for (int box = 0; box < BOXES; box++) {
                    uvisor.enterBox(box);
                    callAll(round);
                }
            }
        }

        private void access(Set<String> wrong, int box, long address, boolean write) {
            boolean isReached = reaches(address, write);
            if (isReached && !isGranted(box, address, write)) {
                wrong.add("box " + box + (write ? " writes 0x" : " reads 0x") + Long.toHexString(address));
            }
            // what shows bits need not be reached: who may have them has them where they are
            if (!isReached && shown(address) == address && isGranted(box, address, write)) {
                wrong.add("box " + box + (write ? " cannot write 0x" : " cannot read 0x") + Long.toHexString(address));
            }
        }

        private boolean reaches(long address, boolean write) {
            try {
                if (write) {
                    uvisor.user().store64(address, 0, physical.words().load64(address, 0));
                } else {
                    uvisor.user().load64(address, 0);
                }
                return true;
            } catch (MemoryFault fault) {
                return false;
            }
        }

        /** What a box can call, also about what is another's. */
        private void callAll(int round) {
            int own = uvisor.guard().active();
            long block = uvisor.mallocBlock(1);
            uvisor.createThread(1, 0, 0, 0, 0);
            if (own == BlockPool.PUBLIC_BOX) {
                uvisor.sbrk(round == 0 ? 64 : -64);
            }
            uvisor.growStack(RAM + RAM_BYTES - (round + 1) * BLOCK);
            for (int other = 0; other < uvisor.plan().geometry().count(); other++) {
                if (uvisor.pool().owner(other) != own) {
                    uvisor.freeBlock(uvisor.plan().geometry().addressOf(other), BLOCK);
                }
            }
            for (int thread = 0; thread < ThreadRecord.MOST; thread++) {
                if (uvisor.threads().isLive(thread) && uvisor.threads().box(thread) != own) {
                    boolean isEnded = uvisor.endThread(thread);
                    assertTrue(!isEnded, "box " + own + " ends a thread of another");
                }
            }
            if (block > 0 && round % 2 == 1) {
                uvisor.freeBlock(block, BLOCK);
            }
        }

        private Set<Long> edges() {
            Set<Long> edges = new TreeSet<>();
            for (BoxRegion region : uvisor.plan().placement().regions()) {
                add(edges, region.base(), region.data(), region.data() + region.dataBytes());
                add(edges, region.stack(), region.stackPointer(), region.base() + region.bytes());
            }
            for (int block = 0; block <= uvisor.plan().geometry().count(); block++) {
                add(edges, uvisor.plan().geometry().start() + block * BLOCK);
            }
            for (BoxAcl acl : ranges) {
                add(edges, acl.start(), acl.start() + acl.bytes());
            }
            edges.removeIf(address -> !isMemory(address));
            return edges;
        }
    }

    private static void add(Set<Long> edges, long... addresses) {
        for (long address : addresses) {
            edges.add(address & -Long.BYTES);
            edges.add((address & -Long.BYTES) - Long.BYTES);
        }
    }

    private static boolean isMemory(long address) {
        return address >= RAM && address < RAM + RAM_BYTES
                || address >= DEVICE && address < DEVICE + 2 * DEVICE_BYTES
                || address >= KINETIS_REGISTERS && address < KINETIS_REGISTERS + 4096
                || address >= 0xe000_0000L && address < 0xe010_0000L
                || shown(address) != address;
    }

    /** The byte of which an address shows a bit, or the address itself. */
    private static long shown(long address) {
        if (address >= DEVICE_BITS && address < DEVICE_BITS + BIT_BAND_SCALE * DEVICE_BYTES) {
            return DEVICE + (address - DEVICE_BITS) / BIT_BAND_SCALE & -Long.BYTES;
        }
        return address >= RAM_BITS && address < RAM_BITS + BIT_BAND_SCALE * RAM_BYTES
                ? RAM + (address - RAM_BITS) / BIT_BAND_SCALE & -Long.BYTES
                : address;
    }

    private static boolean isIn(BoxAcl acl, long address) {
        return address >= acl.start() && address - acl.start() < acl.bytes();
    }

    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void noConfigurationLetsABoxReachMore(MpuKind kind) {
        List<AddressRange> devices = List.of(
                new AddressRange(DEVICE, DEVICE + DEVICE_BYTES),
                // a device for others, and the registers of the unit itself on Kinetis
                new AddressRange(KINETIS_REGISTERS, KINETIS_REGISTERS + 4096),
                // a careless board lists RAM and the processor's own registers, too
                new AddressRange(RAM, RAM + RAM_BYTES),
                new AddressRange(0xe000_0000L, 0xe010_0000L),
                // and what its core shows of them
                new AddressRange(DEVICE_BITS, DEVICE_BITS + BIT_BAND_SCALE * DEVICE_BYTES),
                new AddressRange(RAM_BITS, RAM_BITS + BIT_BAND_SCALE * RAM_BYTES));
        List<AddressAlias> aliases = List.of();
        if (kind.mayHaveBitBands()) {
            ranges = Stream.concat(ranges.stream(), BITS.stream()).toList();
            aliases = AddressAlias.BIT_BANDS;
        }
        AddressMap map = new AddressMap(devices, aliases, List.of());
        int choices = ranges.size() * BOXES + 1;
        int accepted = 0;
        Set<String> wrong = new TreeSet<>();
        for (int first = 0; first < choices; first++) {
            for (int second = first; second < choices; second++) {
                for (int third = second; third < choices; third++) {
                    List<BoxSetup> boxes = boxes(first, second, third);
                    BlockGeometry.Range range = new BlockGeometry.Range(RAM, RAM + RAM_BYTES, RAM, RAM + RAM_BYTES);
                    UvisorPlan plan =
                            UvisorPlan.of(kind, boxes, range, BLOCK, map).getOrNull();
                    if (plan != null) {
                        accepted++;
                        Set<String> here = new TreeSet<>();
                        new Configured(kind, boxes, plan).explore(here);
                        here.forEach(text -> wrong.add(text + " with " + boxes));
                    }
                }
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(accepted > LEAST_ACCEPTED, "only " + accepted + " were accepted");
    }

    /** The number of a choice says which box gets which range; the last gives nothing to anybody. */
    private List<BoxSetup> boxes(int... choices) {
        List<List<BoxAcl>> acls = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int choice : choices) {
            if (choice < ranges.size() * BOXES) {
                acls.get(choice % BOXES).add(ranges.get(choice / BOXES));
            }
        }
        return List.of(
                new BoxSetup(new BoxConfig("main", BoxSizes.of(0, 0)), BlockPool.NO_QUOTA, acls.get(0)),
                new BoxSetup(new BoxConfig("one", BoxSizes.of(1024, 512)), 2, acls.get(1)),
                new BoxSetup(new BoxConfig("two", BoxSizes.of(1024, 512)), 2, acls.get(2)));
    }
}
