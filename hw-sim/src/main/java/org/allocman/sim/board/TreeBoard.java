package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.sim.board.FlatTree.Reservation;
import org.allocman.sim.board.Region.Kind;
import org.allocman.sim.board.TreeNode.Property;
import org.allocman.vka.Architecture;

/** What a device tree says of a board: memory, reserved memory, devices, and which of these are the kernel's. */
final class TreeBoard {
    private static final int MAX_REG_ENTRIES = 1 << 14;
    private static final long SBI_BYTES = 2L << 20;
    private static final int MAX_NAMED = 4;

    private final String source;
    private final FlatTree tree;
    private final Architecture architecture;
    private final BoardBuilder builder;
    private final Set<String> kernelPaths;
    private final TreeMemory memory;
    private int regEntries;
    private boolean isFirmwareSaid;

    /** One entry of a {@code reg}: as it stands there, as the processor sees it, and its place in the file. */
    private record Entry(long start, long size, List<AddressPiece> pieces, int offset) {}

    private TreeBoard(
            String source, FlatTree tree, Architecture architecture, Set<String> kernelPaths, BoardHints hints) {
        this.source = source;
        this.tree = tree;
        this.architecture = architecture;
        this.builder = new BoardBuilder(source, architecture, hints);
        this.kernelPaths = kernelPaths;
        this.memory = new TreeMemory(tree);
        builder.mergeSameRam();
    }

    static BoardReading read(String source, byte[] content, BoardHints hints) throws BoardFormatException {
        FlatTree tree = new FlatTree(source, content);
        Architecture said = hints.architecture();
        Architecture architecture = said != null ? said : architecture(source, tree);
        return new TreeBoard(source, tree, architecture, kernelPaths(tree), hints).read();
    }

    private static Architecture architecture(String source, FlatTree tree) throws BoardFormatException {
        List<String> names = new ArrayList<>();
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
                String name = tree.string(node, "compatible");
                if (!name.isEmpty() && !names.contains(name)) {
                    names.add(name);
                }
            }
        }
        Architecture rest = TreeProcessor.architecture(tree);
        if (rest != null) {
            return rest;
        }
        String found = names.isEmpty()
                ? "the tree names no processor"
                : "no processor here is known: "
                        + String.join(
                                ", ",
                                names.stream()
                                        .limit(MAX_NAMED)
                                        .map(RegionNames::quoted)
                                        .toList())
                        + (names.size() > MAX_NAMED ? " and others" : "");
        throw new BoardFormatException(
                source,
                "/cpus",
                found + ", so the architecture must be given: --arch with one of aarch64, aarch32, x86_64, riscv64,"
                        + " riscv32, mpu");
    }

    private static Set<String> kernelPaths(FlatTree tree) throws BoardFormatException {
        for (TreeNode node : tree.nodes()) {
            if (node.depth() == 2 && node.name().equals("chosen")) {
                return new HashSet<>(tree.strings(node, "seL4,kernel-devices"));
            }
        }
        return Set.of();
    }

    private BoardReading read() throws BoardFormatException {
        // seL4's own tool does not look at the memory reservation block
        if (!isOfSel4()) {
            for (Reservation reservation : tree.reservations()) {
                if (reservation.size() != 0) {
                    addReserved(
                            "memreserve",
                            AddressPiece.of(reservation.start(), reservation.size()),
                            reservation.offset());
                }
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
        if (!builder.hasRam()) {
            throw memory.missing();
        }
        addFirmware();
        builder.addPlatformNames(tree.strings(tree.nodes().get(0), "compatible"));
        builder.core(TreeCore.of(tree));
        return builder.reading(boardName(), memory.position());
    }

    /** A tree that seL4's build has worked on names the kernel's devices, and is read as that build reads it. */
    private boolean isOfSel4() {
        return !kernelPaths.isEmpty();
    }

    private void addNode(TreeNode node, TreeNode parent, TreeBus bus) throws BoardFormatException {
        if (parent.depth() == 2 && parent.name().equals("reserved-memory")) {
            if (isOfSel4() ? node.has("no-map") : !node.has("reusable")) {
                for (Entry entry : entries(node, bus)) {
                    for (AddressPiece piece : entry.pieces) {
                        addReserved(node.name(), piece, entry.offset);
                    }
                }
            }
        } else if (!bus.isReachable()) {
            return;
        } else if (tree.string(node, "device_type").equals("memory")) {
            addMemory(node, bus);
        } else if (node.has("compatible") && bus.cells().arePlain()) {
            addDevice(node, entries(node, bus));
        } else {
            memory.look(node, bus);
        }
    }

    private void addReserved(String name, AddressPiece piece, int offset) throws BoardFormatException {
        isFirmwareSaid |= TreeFirmware.isSaidBy(name);
        builder.addWithin(name, Kind.RESERVED, piece, FlatTree.position(offset));
    }

    /** Entries that go on where the one before ends are one region, as seL4's build has it. */
    private void addMemory(TreeNode node, TreeBus bus) throws BoardFormatException {
        AddressPiece open = null;
        int offset = 0;
        List<Entry> entries = entries(node, bus);
        memory.found(node, entries.stream().anyMatch(entry -> !entry.pieces.isEmpty()));
        for (Entry entry : entries) {
            if (entry.size == 0) {
                builder.note(FlatTree.position(entry.offset) + ": " + node.path() + " has size 0 and is passed over");
            }
            if (architecture.wordBits() != 32 && !entry.pieces.isEmpty() && !Region.fits(entry.start, entry.size)) {
                // no RAM can be there on a 64-bit kernel, so the description is wrong; a 32-bit one sees less
                builder.add(node.name(), Kind.RAM, entry.start, entry.size, FlatTree.position(entry.offset));
            }
            for (AddressPiece piece : entry.pieces) {
                if (open != null && open.isFollowedBy(piece)) {
                    open = new AddressPiece(open.start(), piece.last());
                } else {
                    if (open != null) {
                        builder.addWithin(node.name(), Kind.RAM, open, FlatTree.position(offset));
                    }
                    open = piece;
                    offset = entry.offset;
                }
            }
        }
        if (open != null) {
            builder.addWithin(node.name(), Kind.RAM, open, FlatTree.position(offset));
        }
    }

    private void addDevice(TreeNode node, List<Entry> entries) throws BoardFormatException {
        List<String> compatibles = tree.strings(node, "compatible");
        List<Integer> kernelSizes = KernelDevices.sizes(architecture, compatibles, true);
        if (!kernelSizes.isEmpty()) {
            kernelSizes = kernelPaths.isEmpty()
                    ? KernelDevices.sizes(architecture, compatibles, false)
                    : kernelPaths.contains(node.path()) ? kernelSizes : List.of();
        }
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            long kernelsOwn = i < kernelSizes.size() ? kernelSizes.get(i) : 0;
            for (AddressPiece piece : entry.pieces) {
                builder.addWithin(node.name(), Kind.DEVICE, piece, FlatTree.position(entry.offset));
                if (kernelsOwn > 0) {
                    AddressPiece first = piece.first(kernelsOwn);
                    kernelsOwn -= first.bytes();
                    long page = KernelDevices.pageBytes(architecture);
                    AddressPiece pages = new AddressPiece(first.start() & -page, first.last() | page - 1);
                    builder.addWithin(node.name(), Kind.KERNEL_DEVICE, pages, FlatTree.position(entry.offset));
                }
            }
        }
    }

    /** The entries of a node's {@code reg} that are not empty, as far as every bus lets them through. */
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
            long start = tree.number(property, i * cells.sum(), cells.address());
            long size = tree.number(property, i * cells.sum() + cells.address(), cells.size());
            AddressPiece piece = cells.piece(start, size);
            List<AddressPiece> pieces = piece == null ? List.of() : bus.translate(piece);
            int offset = property.offset() + i * entryBytes;
            if (pieces.size() > BusWindows.MAX_PIECES) {
                throw tree.fail(offset, node.path() + " lies in more than " + BusWindows.MAX_PIECES + " pieces");
            }
            // an empty entry keeps its place: the kernel's own devices are told by it
            entries.add(new Entry(start, size, pieces, offset));
        }
        return entries;
    }

    /**
     * On RISC-V the firmware that answers SBI calls sits at the start of memory. A tree of seL4's says what is reserved; of
     * another one that says nothing of it, the start of RAM is taken for it.
     */
    private void addFirmware() throws BoardFormatException {
        long start = builder.lowestRam();
        if (KnownKernels.hasFirmwareInRam(architecture)
                && start >= 0
                && !isOfSel4()
                && !isFirmwareSaid
                && !builder.has(Kind.RESERVED, Math.max(start - 1, 0), start + SBI_BYTES)) {
            builder.add("sbi", Kind.RESERVED, start, SBI_BYTES, "");
        }
    }

    private String boardName() throws BoardFormatException {
        TreeNode root = tree.nodes().get(0);
        String model = tree.string(root, "model");
        String name = model.isEmpty() ? tree.string(root, "compatible") : model;
        return name.isEmpty() ? PlatformYaml.plainName(source) : name;
    }
}
