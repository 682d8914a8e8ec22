package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.sim.board.FlatTree.Reservation;
import org.allocman.sim.board.Region.Kind;
import org.allocman.sim.board.TreeNode.Property;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a device tree says of a board: memory, reserved memory, devices, and which of these are the kernel's. */
final class TreeBoard {
    private static final int MAX_REG_ENTRIES = 1 << 14;
    private static final long END_OF_32_BITS = 1L << 32;
    private static final long SBI_START = 0x8000_0000L;
    private static final long SBI_BYTES = 2L << 20;

    private final String source;
    private final FlatTree tree;
    private final Architecture architecture;
    private final BoardBuilder builder;
    private final Set<String> kernelPaths;
    private int regEntries;
    private int memoryOffset;

    /** One entry of a {@code reg}, as the processor sees it; {@code offset} is its place in the file. */
    private record Entry(long start, long size, int offset) {}

    private TreeBoard(String source, FlatTree tree, Architecture architecture, Set<String> kernelPaths) {
        this.source = source;
        this.tree = tree;
        this.architecture = architecture;
        this.builder = new BoardBuilder(source, architecture);
        this.kernelPaths = kernelPaths;
    }

    static Board read(String source, byte[] content, @Nullable Architecture override) throws BoardFormatException {
        FlatTree tree = new FlatTree(source, content);
        Architecture architecture = override != null ? override : architecture(source, tree);
        return new TreeBoard(source, tree, architecture, kernelPaths(tree)).read();
    }

    private static Architecture architecture(String source, FlatTree tree) throws BoardFormatException {
        for (TreeNode node : tree.nodes()) {
            TreeNode parent = node.parent();
            if (parent != null && parent.name().equals("cpus") && parent.depth() == 2) {
                String isa = tree.string(node, "riscv,isa");
                Architecture found = TreeProcessor.architecture(
                        tree.strings(node, "compatible"),
                        isa.isEmpty() ? tree.string(node, "riscv,isa-base") : isa,
                        tree.string(node, "mmu-type"));
                if (found != null) {
                    return found;
                }
            }
        }
        throw new BoardFormatException(source, "/cpus", "no processor is known, so the architecture must be given");
    }

    private static Set<String> kernelPaths(FlatTree tree) throws BoardFormatException {
        for (TreeNode node : tree.nodes()) {
            if (node.depth() == 2 && node.name().equals("chosen")) {
                return new HashSet<>(tree.strings(node, "seL4,kernel-devices"));
            }
        }
        return Set.of();
    }

    private Board read() throws BoardFormatException {
        for (Reservation reservation : tree.reservations()) {
            if (reservation.size() != 0) {
                builder.add(
                        "memreserve",
                        Kind.RESERVED,
                        reservation.start(),
                        reservation.size(),
                        FlatTree.position(reservation.offset()));
            }
        }
        int count = tree.nodes().size();
        List<TreeBus> buses = new ArrayList<>(count);
        boolean[] isEnabled = new boolean[count];
        for (TreeNode node : tree.nodes()) {
            TreeNode parent = node.parent();
            TreeBus bus = parent == null ? null : buses.get(parent.index());
            buses.add(TreeBus.of(tree, node, bus));
            String status = tree.string(node, "status");
            boolean isOkay = status.isEmpty() || status.equals("okay") || status.equals("ok");
            isEnabled[node.index()] = isOkay && (parent == null || isEnabled[parent.index()]);
            if (parent != null && bus != null && isEnabled[node.index()]) {
                addNode(node, parent, bus);
            }
        }
        addFirmware();
        builder.addPlatformNames(tree.strings(tree.nodes().get(0), "compatible"));
        return builder.build(boardName(), FlatTree.position(memoryOffset));
    }

    private void addNode(TreeNode node, TreeNode parent, TreeBus bus) throws BoardFormatException {
        if (parent.depth() == 2 && parent.name().equals("reserved-memory")) {
            if (!node.has("reusable")) {
                for (Entry entry : entries(node, bus)) {
                    add(node, Kind.RESERVED, entry);
                }
            }
        } else if (!bus.isReachable()) {
            return;
        } else if (tree.string(node, "device_type").equals("memory")) {
            memoryOffset = node.offset();
            addMemory(node, bus);
        } else if (node.has("compatible") && bus.cells().arePlain()) {
            addDevice(node, entries(node, bus));
        }
    }

    /** Entries that go on where the one before ends are one region, as seL4's build has it. */
    private void addMemory(TreeNode node, TreeBus bus) throws BoardFormatException {
        Entry open = null;
        for (Entry entry : entries(node, bus)) {
            if (open != null && open.start + open.size == entry.start) {
                open = new Entry(open.start, open.size + entry.size, open.offset);
            } else {
                addBelowLimit(node, open);
                open = entry;
            }
        }
        addBelowLimit(node, open);
    }

    private void addBelowLimit(TreeNode node, @Nullable Entry entry) throws BoardFormatException {
        if (entry == null || isOutOfReach(entry)) {
            return;
        }
        boolean isCut = architecture.wordBits() == 32
                && Region.fits(entry.start, entry.size)
                && entry.start + entry.size > END_OF_32_BITS;
        add(node, Kind.RAM, isCut ? new Entry(entry.start, END_OF_32_BITS - entry.start, entry.offset) : entry);
    }

    private void addDevice(TreeNode node, List<Entry> entries) throws BoardFormatException {
        List<String> compatibles = tree.strings(node, "compatible");
        List<Integer> kernelSizes = KernelDevices.sizes(compatibles, true);
        if (!kernelSizes.isEmpty()) {
            kernelSizes = kernelPaths.isEmpty()
                    ? KernelDevices.sizes(compatibles, false)
                    : kernelPaths.contains(node.path()) ? kernelSizes : List.of();
        }
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (isOutOfReach(entry)) {
                continue;
            }
            add(node, Kind.DEVICE, entry);
            if (i < kernelSizes.size()) {
                long page = KernelDevices.pageBytes(architecture);
                long start = entry.start & -page;
                long end = entry.start + Math.min(entry.size, kernelSizes.get(i)) + page - 1 & -page;
                add(node, Kind.KERNEL_DEVICE, new Entry(start, end - start, entry.offset));
            }
        }
    }

    /** What a 32-bit kernel cannot address is not there for it; what nobody can address is a mistake, found later. */
    private boolean isOutOfReach(Entry entry) {
        return architecture.wordBits() == 32 && entry.start >= END_OF_32_BITS;
    }

    private void add(TreeNode node, Kind kind, Entry entry) throws BoardFormatException {
        builder.add(node.name(), kind, entry.start, entry.size, FlatTree.position(entry.offset));
    }

    /** The entries of a node's {@code reg} that are not empty and that every bus lets through. */
    private List<Entry> entries(TreeNode node, TreeBus bus) throws BoardFormatException {
        Property property = node.property("reg");
        if (property == null) {
            return List.of();
        }
        TreeBus.Cells cells = bus.cells();
        if (!cells.arePlain()) {
            throw tree.fail(
                    property.offset(),
                    node.path() + " has addresses of " + cells.address() + " and sizes of " + cells.size()
                            + " cells; 1 or 2 are known");
        }
        int entryBytes = cells.sum() * Integer.BYTES;
        int count = property.length() / entryBytes;
        if (count * entryBytes != property.length()) {
            throw tree.fail(
                    property.offset(),
                    node.path() + " has a reg of " + property.length() + " bytes, no multiple of " + entryBytes);
        }
        regEntries += count;
        if (regEntries > MAX_REG_ENTRIES) {
            throw tree.fail(property.offset(), "more than " + MAX_REG_ENTRIES + " entries of reg");
        }
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Long start = bus.translate(tree.number(property, i * cells.sum(), cells.address()));
            long size = tree.number(property, i * cells.sum() + cells.address(), cells.size());
            if (start != null && size != 0) {
                entries.add(new Entry(start, size, property.offset() + i * entryBytes));
            }
        }
        return entries;
    }

    /** On RISC-V the firmware that answers SBI calls sits at the start of memory, whether the tree says so or not. */
    private void addFirmware() throws BoardFormatException {
        boolean isRiscv = architecture == Architecture.RISCV64 || architecture == Architecture.RISCV32;
        if (isRiscv
                && builder.has(Kind.RAM, SBI_START, SBI_START + 1)
                && !builder.has(Kind.RESERVED, SBI_START, SBI_START + 1)) {
            builder.add("sbi", Kind.RESERVED, SBI_START, SBI_BYTES, "");
        }
    }

    private String boardName() throws BoardFormatException {
        TreeNode root = tree.nodes().get(0);
        String model = tree.string(root, "model");
        String name = model.isEmpty() ? tree.string(root, "compatible") : model;
        return name.isEmpty() ? PlatformYaml.plainName(source) : name;
    }
}
