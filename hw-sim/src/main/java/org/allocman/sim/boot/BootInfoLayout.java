package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/** The boot info in memory, as seL4's {@code seL4_BootInfo} has it: words of the architecture's size. */
final class BootInfoLayout {
    /*
     *   word  0  length of the extra boot info     word  9  user image frames
     *         1  node                                   11  user image paging
     *         2  number of nodes                        13  I/O space capabilities
     *         3  I/O page table levels                  15  extra boot info pages
     *         4  IPC buffer                             17  radix of the root CNode
     *         5  empty slots, start and end             18  domain
     *         7  shared frames                          19  untypeds
     *   With MCS the slots of SchedControl come before the untypeds, at 19, and the rest lies two words further.
     *        21  the untypeds: a word with the address, then a byte with the size bits and one that is 1 for a device
     */
    private static final int EXTRA_LENGTH = 0;
    private static final int NODES = 2;
    private static final int IPC_BUFFER = 4;
    private static final int EMPTY = 5;
    private static final int IMAGE_FRAMES = 9;
    private static final int IMAGE_PAGING = 11;
    private static final int EXTRA_PAGES = 15;
    private static final int CNODE_BITS = 17;
    private static final int SCHED_CONTROL = 19;
    private static final int REGION_WORDS = 2;
    private static final int DEVICE_SHIFT = 8;
    private static final int SIZE_MASK = 0xff;

    private final Architecture architecture;
    private final int wordBytes;
    private final int untyped;
    private final int list;

    private BootInfoLayout(Architecture architecture) {
        this.architecture = architecture;
        this.wordBytes = architecture.wordBits() / Byte.SIZE;
        this.untyped = architecture.hasMcs() ? SCHED_CONTROL + REGION_WORDS : SCHED_CONTROL;
        this.list = untyped + REGION_WORDS;
    }

    static BootInfoLayout of(Architecture architecture) {
        return new BootInfoLayout(architecture);
    }

    /** How many untypeds the list has room for. */
    int untypedLimit(@SizeBits int frameBits) {
        return ((1 << frameBits) - list * wordBytes) / (2 * wordBytes);
    }

    void write(Memory memory, @PhysAddr long frame, BootInfo info, long extraLength) {
        put(memory, frame, EXTRA_LENGTH, extraLength);
        put(memory, frame, NODES, 1);
        put(memory, frame, IPC_BUFFER, info.ipcBuffer());
        putRegion(memory, frame, EMPTY, info.empty());
        putRegion(memory, frame, IMAGE_FRAMES, info.userImageFrames());
        putRegion(memory, frame, IMAGE_PAGING, info.userImagePaging());
        putRegion(memory, frame, EXTRA_PAGES, info.extraBootInfoPages());
        put(memory, frame, CNODE_BITS, info.initThreadCNodeSizeBits());
        if (architecture.hasMcs()) {
            putRegion(memory, frame, SCHED_CONTROL, info.schedControl());
        }
        putRegion(memory, frame, untyped, info.untyped());
        int word = list;
        for (Untyped one : info.untypeds()) {
            put(memory, frame, word, one.paddr());
            put(memory, frame, word + 1, one.sizeBits() | (one.device() ? 1 << DEVICE_SHIFT : 0));
            word += 2;
        }
    }

    BootInfo read(Memory memory, @PhysAddr long frame) {
        SlotRegion slots = region(memory, frame, untyped);
        List<Untyped> untypeds = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            long description = get(memory, frame, list + 2 * i + 1);
            untypeds.add(new Untyped(
                    slots.start() + i,
                    get(memory, frame, list + 2 * i),
                    (int) description & SIZE_MASK,
                    description >>> DEVICE_SHIFT != 0));
        }
        return new BootInfo(
                architecture,
                get(memory, frame, IPC_BUFFER),
                (int) get(memory, frame, CNODE_BITS),
                region(memory, frame, EMPTY),
                region(memory, frame, IMAGE_FRAMES),
                region(memory, frame, IMAGE_PAGING),
                region(memory, frame, EXTRA_PAGES),
                architecture.hasMcs() ? region(memory, frame, SCHED_CONTROL) : new SlotRegion(0, 0),
                slots,
                untypeds);
    }

    private SlotRegion region(Memory memory, long frame, int word) {
        return new SlotRegion(get(memory, frame, word), get(memory, frame, word + 1));
    }

    private void putRegion(Memory memory, long frame, int word, SlotRegion region) {
        put(memory, frame, word, region.start());
        put(memory, frame, word + 1, region.end());
    }

    private long get(Memory memory, long frame, int word) {
        int offset = word * wordBytes;
        return wordBytes == Long.BYTES
                ? memory.load64(frame, offset)
                : Integer.toUnsignedLong(memory.load32(frame, offset));
    }

    private void put(Memory memory, long frame, int word, long value) {
        int offset = word * wordBytes;
        if (wordBytes == Long.BYTES) {
            memory.store64(frame, offset, value);
        } else {
            memory.store32(frame, offset, (int) value);
        }
    }
}
