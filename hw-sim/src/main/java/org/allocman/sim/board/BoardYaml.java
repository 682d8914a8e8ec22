package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.allocman.sim.board.BoardDocument.MirrorEntry;
import org.allocman.sim.board.BoardDocument.RegionEntry;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelOption;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Our own description of a board, in YAML: name, architecture, regions, mirrors. What is written can be read again and
 * gives an equal board.
 */
public final class BoardYaml {
    /** How {@code boards --json} has it. */
    private static final String KERNELS = "kernel's device";

    private static final String HYPERVISORS = "hypervisor-device";

    private BoardYaml() {}

    /**
     * Writes a board.
     *
     * @param board any board
     * @return YAML text, ending with a line feed
     */
    public static String write(Board board) {
        return write(board, BoardCore.UNKNOWN);
    }

    /**
     * Writes a board with what is known of its core's MPU.
     *
     * @param board any board
     * @param core the core; left out unless the board is a microcontroller
     * @return YAML text, ending with a line feed
     */
    public static String write(Board board, BoardCore core) {
        BoardCore own = board.architecture().hasPaging() ? BoardCore.UNKNOWN : core;
        List<@Nullable RegionEntry> regions = new ArrayList<>();
        for (Region region : board.regions()) {
            regions.add(new RegionEntry(
                    region.name(),
                    text(region.kind()),
                    AddressText.address(region.start()),
                    AddressText.size(region.size())));
        }
        List<@Nullable MirrorEntry> mirrors = new ArrayList<>();
        for (Mirror mirror : board.mirrors()) {
            mirrors.add(new MirrorEntry(
                    AddressText.address(mirror.start()),
                    AddressText.address(mirror.original()),
                    AddressText.size(mirror.size())));
        }
        return YamlText.write(new BoardDocument(
                board.name(),
                board.architecture().text(),
                userTop(board),
                RegionNames.isProper(own.name()) ? own.name() : null,
                YamlCore.mpu(own),
                YamlCore.mpuRegions(own),
                regions,
                mirrors,
                null,
                null));
    }

    /** Null if name and architecture say it all. */
    private static @Nullable String userTop(Board board) {
        long usual = UserTop.of(board.architecture(), List.of(board.name()));
        return board.userTop() == usual ? null : AddressText.address(board.userTop());
    }

    static BoardReading read(String source, BoardDocument document, BoardHints hints) throws BoardFormatException {
        List<@Nullable RegionEntry> regions = document.regions();
        if (regions == null || document.devices() != null || document.memory() != null) {
            throw new BoardFormatException(
                    source, "line 1", "a description has either \"regions\" or \"memory\" and \"devices\"");
        }
        Architecture kernel = architecture(source, document.architecture(), hints.architecture());
        boolean isHypervisor = kernel.options().contains(KernelOption.HYP);
        BoardBuilder builder = new BoardBuilder(source, kernel, hints);
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < regions.size(); i++) {
            RegionEntry entry = regions.get(i);
            String position = "regions[" + i + "]";
            if (entry == null) {
                throw new BoardFormatException(source, position, "the region is empty");
            }
            String name = required(source, position, "name", entry.name());
            Integer before = names.putIfAbsent(name, i);
            if (before != null) {
                throw new BoardFormatException(
                        source, position, "regions[" + before + "] has the same name " + RegionNames.quoted(name));
            }
            String kindText = required(source, position, "kind", entry.kind());
            long start = number(source, position, "start", entry.start());
            long size = number(source, position, "size", entry.size());
            boolean isHypervisors = kindText.equalsIgnoreCase(HYPERVISORS);
            if (!isHypervisors || isHypervisor) {
                Kind kind = isHypervisors ? Kind.KERNEL_DEVICE : kind(source, position, kindText);
                builder.add(name, kind, start, size, position);
            }
        }
        List<@Nullable MirrorEntry> mirrors = document.mirrors();
        for (int i = 0; mirrors != null && i < mirrors.size(); i++) {
            addMirror(source, builder, "mirrors[" + i + "]", mirrors.get(i));
        }
        readUserTop(source, builder, document);
        builder.core(YamlCore.read(source, document));
        String name = document.name();
        if (name == null || !RegionNames.isProper(name)) {
            throw new BoardFormatException(source, "name", "the board needs a name without control characters");
        }
        return builder.reading(name, "regions");
    }

    /** Tells a builder where user addresses end, if a description says so. */
    static void readUserTop(String source, BoardBuilder builder, BoardDocument document) throws BoardFormatException {
        String text = document.userTop();
        if (text != null) {
            try {
                builder.setUserTop(AddressText.parse(text), "userTop");
            } catch (NumberFormatException e) {
                throw new BoardFormatException(source, "userTop", String.valueOf(e.getMessage()));
            }
        }
    }

    private static void addMirror(String source, BoardBuilder builder, String position, @Nullable MirrorEntry entry)
            throws BoardFormatException {
        if (entry == null) {
            throw new BoardFormatException(source, position, "the mirror is empty");
        }
        long start = number(source, position, "start", entry.start());
        long original = number(source, position, "original", entry.original());
        builder.addMirror(start, original, number(source, position, "size", entry.size()), position);
    }

    private static Architecture architecture(String source, @Nullable String text, @Nullable Architecture override)
            throws BoardFormatException {
        if (override != null) {
            return override;
        }
        Architecture architecture = Architecture.named(required(source, "line 1", "architecture", text));
        if (architecture == null) {
            throw new BoardFormatException(
                    source, "architecture", "none of aarch64, x86_64, riscv64, aarch32, ia32, riscv32, mpu");
        }
        return architecture;
    }

    private static Kind kind(String source, String position, String text) throws BoardFormatException {
        for (Kind kind : Kind.values()) {
            if (text(kind).equalsIgnoreCase(text)) {
                return kind;
            }
        }
        if (text.equals(KERNELS)) {
            return Kind.KERNEL_DEVICE;
        }
        throw new BoardFormatException(
                source,
                position + ".kind",
                RegionNames.quoted(text) + " is none of ram, reserved, device, kernel-device, hypervisor-device");
    }

    private static String text(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A number that must be there. */
    static long number(String source, String position, String key, @Nullable String text) throws BoardFormatException {
        String number = required(source, position, key, text);
        try {
            return AddressText.parse(number);
        } catch (NumberFormatException e) {
            throw new BoardFormatException(source, position + "." + key, String.valueOf(e.getMessage()));
        }
    }

    private static String required(String source, String position, String key, @Nullable String value)
            throws BoardFormatException {
        if (value == null) {
            throw new BoardFormatException(source, position, "the key \"" + key + "\" is missing");
        }
        return value;
    }
}
