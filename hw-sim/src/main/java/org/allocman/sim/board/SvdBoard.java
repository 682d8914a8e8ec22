package org.allocman.sim.board;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.sim.board.Region.Kind;
import org.allocman.sim.board.SvdDocument.Area;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a CMSIS-SVD file says of a board. Its memory regions are a vendor extension, as LiteX writes it. RAM is the largest
 * of those that are named like RAM, as Xous has it; the others so named are reserved, everything else is a device.
 */
final class SvdBoard {
    private static final Pattern RAM_NAME = Pattern.compile(".*(sram|ddr_ram|main_ram).*");
    private static final Pattern CORTEX_M = Pattern.compile("(CM|SC)[0-9].*|ARMV[68]M.*|STAR-MC.*");
    private static final Pattern CORTEX_A = Pattern.compile("CA([0-9]{1,3}).*");
    private static final int MAX_DERIVATIONS = 64;

    private final SvdDocument document;
    private final BoardBuilder builder;

    private SvdBoard(SvdDocument document, BoardBuilder builder) {
        this.document = document;
        this.builder = builder;
    }

    static Board read(String source, byte[] content, @Nullable Architecture override) throws BoardFormatException {
        SvdDocument document = SvdText.read(source, content);
        Architecture architecture = override != null ? override : architecture(document.cpu());
        SvdBoard board = new SvdBoard(document, new BoardBuilder(source, architecture));
        board.addMemoryRegions();
        board.addPeripherals();
        String name = document.name();
        return board.builder.build(
                name == null || name.isEmpty() ? PlatformYaml.plainName(source) : name, "memoryRegions");
    }

    /** LiteX names no processor; its boards with an SVD file have 32-bit RISC-V cores. */
    private static Architecture architecture(@Nullable String cpu) {
        String name = cpu == null ? "" : cpu.toUpperCase(Locale.ROOT);
        if (CORTEX_M.matcher(name).matches()) {
            return Architecture.MPU;
        }
        Matcher cortexA = CORTEX_A.matcher(name);
        if (cortexA.matches()) {
            Architecture found = TreeProcessor.architecture(List.of("arm,cortex-a" + cortexA.group(1)), "", "");
            return found != null ? found : Architecture.AARCH32;
        }
        return Architecture.RISCV32;
    }

    private void addMemoryRegions() throws BoardFormatException {
        Area ram = null;
        long ramSize = 0;
        Set<String> names = new HashSet<>();
        for (Area area : document.memoryRegions()) {
            if (!names.add(name(area))) {
                throw builder.fail(area.position(), "a second memory region " + Names.quoted(name(area)));
            }
            long size = number(area, "size", area.size());
            if (isRamName(name(area)) && (ram == null || size > ramSize)) {
                ram = area;
                ramSize = size;
            }
        }
        if (ram == null) {
            throw builder.fail(
                    "memoryRegions",
                    "no memory region is named like RAM (sram, ddr_ram, main_ram); CMSIS-SVD itself describes none");
        }
        for (Area area : document.memoryRegions()) {
            Kind kind = area == ram ? Kind.RAM : isRamName(name(area)) ? Kind.RESERVED : Kind.DEVICE;
            long start = number(area, "baseAddress", area.start());
            builder.add(name(area), kind, start, number(area, "size", area.size()), area.position());
        }
    }

    private void addPeripherals() throws BoardFormatException {
        Map<String, Area> byName = new HashMap<>();
        for (Area peripheral : document.peripherals()) {
            if (byName.putIfAbsent(name(peripheral), peripheral) != null) {
                throw builder.fail(peripheral.position(), "a second peripheral " + Names.quoted(name(peripheral)));
            }
        }
        for (Area peripheral : document.peripherals()) {
            long base = number(peripheral, "baseAddress", peripheral.start());
            for (Area block : blocks(peripheral, byName)) {
                long start = base + number(block, "offset", block.start());
                long size = number(block, "size", block.size());
                if (size != 0) {
                    builder.add(name(peripheral), Kind.DEVICE, start, size, peripheral.position());
                }
            }
        }
    }

    /** Its own address blocks, or those of what it is derived from. */
    private List<Area> blocks(Area peripheral, Map<String, Area> byName) throws BoardFormatException {
        Area from = peripheral;
        for (int i = 0; i < MAX_DERIVATIONS; i++) {
            String name = from.derivedFrom();
            if (!from.blocks().isEmpty() || name == null) {
                return from.blocks();
            }
            Area next = byName.get(name.toLowerCase(Locale.ROOT));
            if (next == null) {
                throw builder.fail(
                        from.position(), "it is derived from " + Names.quoted(name) + ", which is not there");
            }
            from = next;
        }
        throw builder.fail(peripheral.position(), "it is derived from itself, or over too many steps");
    }

    private String name(Area area) throws BoardFormatException {
        String name = area.name();
        if (name == null) {
            throw builder.fail(area.position(), "the name is missing");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private long number(Area area, String element, @Nullable String text) throws BoardFormatException {
        if (text == null) {
            throw builder.fail(area.position(), "the " + element + " is missing");
        }
        try {
            return SvdNumber.parse(text);
        } catch (NumberFormatException e) {
            throw builder.fail(area.position(), "the " + element + " " + e.getMessage());
        }
    }

    private static boolean isRamName(String name) {
        return RAM_NAME.matcher(name).matches();
    }
}
