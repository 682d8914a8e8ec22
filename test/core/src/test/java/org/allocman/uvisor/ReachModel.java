package org.allocman.uvisor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.allocman.sim.memory.Walk;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.vka.MemoryFault;

/**
 * What each box may touch, as a plain program that knows the configuration and who owns which block, and nothing of regions:
 * its own static memory but for the guard, its own blocks, what it was given, what box 0 was given, and to be read the blocks of
 * box 0. The MPU may let through no more than that at any moment, and a box that tries gets all of it.
 */
final class ReachModel {
    private static final long GRAIN = 32;
    private static final long WORD = Long.BYTES;

    private final Rig rig;
    private final Uvisor uvisor;

    ReachModel(Rig rig) {
        this.rig = rig;
        this.uvisor = rig.uvisor();
    }

    boolean may(int box, long address, boolean write) {
        for (BoxRegion region : uvisor.plan().placement().regions()) {
            boolean isData = address >= region.data() && address < region.data() + region.dataBytes();
            long end = uvisor.plan().mpu().hasEighths() ? region.base() + region.bytes() : region.stackPointer();
            boolean isStack = address >= region.stack() && address < end;
            if (region.box() == box && (isData || isStack)) {
                return true;
            }
        }
        for (int who : new int[] {box, BlockPool.PUBLIC_BOX}) {
            for (BoxAcl acl : uvisor.plan().boxes().get(who).acls()) {
                boolean isIn = address >= acl.start() && address < acl.start() + acl.bytes();
                if (isIn && (acl.writable() || !write)) {
                    return true;
                }
            }
        }
        int owner = owner(address);
        return owner == box || owner == BlockPool.PUBLIC_BOX && !write;
    }

    private int owner(long address) {
        BlockGeometry geometry = uvisor.plan().geometry();
        long start = geometry.addressOf(0);
        if (address < start || address >= geometry.end()) {
            return BlockPool.NONE;
        }
        return uvisor.pool().owner((int) ((address - start) / geometry.blockBytes()));
    }

    /** What the MPU lets the active box do now although it may not; every 32 bytes of the RAM and of the devices are tried. */
    List<String> tooMuch() {
        List<String> wrong = new ArrayList<>();
        int box = uvisor.guard().active();
        addTooMuch(wrong, box, Rig.RAM - 4096, Rig.RAM + Rig.RAM_BYTES + 4096);
        addTooMuch(wrong, box, Rig.DEVICE - 4096, Rig.DEVICE + 8192);
        addTooMuch(wrong, box, SimMpu.REGISTERS & -GRAIN, SimMpu.REGISTERS + 256);
        return wrong;
    }

    private void addTooMuch(List<String> wrong, int box, long from, long end) {
        for (long address = from; address < end; address += GRAIN) {
            for (long at : new long[] {address, address + GRAIN - 1}) {
                long access = rig.mpu().translate(at);
                boolean reads = (access & Walk.READABLE) != 0;
                boolean writes = (access & Walk.WRITABLE) != 0;
                if (reads && !may(box, at, false) || writes && !may(box, at, true)) {
                    wrong.add("box " + box + " reaches 0x" + Long.toHexString(at) + " of " + owner(at)
                            + (writes ? ", to be written" : ""));
                }
            }
        }
    }

    /** Lets every box try every edge, and finds what it gets and may not have, or may have and does not get. */
    List<String> tried() {
        List<String> wrong = new ArrayList<>();
        int start = rig.physical().checkpoint();
        for (int box = 0; box < uvisor.plan().boxes().size(); box++) {
            uvisor.enterBox(box);
            for (long address : edges()) {
                long faults = faults();
                boolean isDenied = !may(box, address, true) && !writes(address);
                if (isDenied && faults() != faults) {
                    wrong.add("box " + box + " is denied 0x" + Long.toHexString(address) + ", and that is counted");
                }
                if (reads(address) != may(box, address, false)) {
                    wrong.add("box " + box + " reads 0x" + Long.toHexString(address) + " of " + owner(address) + ": "
                            + reads(address));
                }
                if (writes(address) != may(box, address, true)) {
                    wrong.add("box " + box + " writes 0x" + Long.toHexString(address) + " of " + owner(address) + ": "
                            + writes(address));
                }
                wrong.addAll(tooMuchAround(box, address));
            }
        }
        rig.physical().rewind(start);
        return wrong;
    }

    private long faults() {
        long sum = 0;
        for (int block = 0; block < uvisor.plan().geometry().count(); block++) {
            sum += uvisor.pool().faults(block);
        }
        return sum;
    }

    private List<String> tooMuchAround(int box, long address) {
        List<String> wrong = new ArrayList<>();
        addTooMuch(wrong, box, (address & -GRAIN) - 4 * GRAIN, (address & -GRAIN) + 4 * GRAIN);
        return wrong;
    }

    /** The first and the last word of everything, and those just outside. */
    private TreeSet<Long> edges() {
        TreeSet<Long> edges = new TreeSet<>();
        BlockGeometry geometry = uvisor.plan().geometry();
        for (int block = 0; block <= geometry.count(); block++) {
            add(edges, geometry.addressOf(0) + block * geometry.blockBytes());
        }
        for (BoxRegion region : uvisor.plan().placement().regions()) {
            add(edges, region.base());
            add(edges, region.data());
            add(edges, region.data() + region.dataBytes());
            add(edges, region.stack());
            add(edges, region.stackPointer());
            add(edges, region.base() + region.bytes());
        }
        uvisor.plan()
                .boxes()
                .forEach(box -> box.acls().forEach(acl -> {
                    add(edges, acl.start());
                    add(edges, acl.start() + acl.bytes());
                }));
        edges.removeIf(address -> !isMemory(address));
        return edges;
    }

    private static void add(TreeSet<Long> edges, long edge) {
        edges.add(edge & -WORD);
        edges.add((edge & -WORD) - WORD);
    }

    private static boolean isMemory(long address) {
        return address >= Rig.RAM && address < Rig.RAM + Rig.RAM_BYTES
                || address >= Rig.DEVICE && address < Rig.DEVICE + 4096;
    }

    private boolean reads(long address) {
        try {
            uvisor.user().load64(address, 0);
            return true;
        } catch (MemoryFault fault) {
            return false;
        }
    }

    private boolean writes(long address) {
        try {
            uvisor.user().store64(address, 0, rig.words().load64(address, 0));
            return true;
        } catch (MemoryFault fault) {
            return false;
        }
    }
}
