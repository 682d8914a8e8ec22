package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    private static final int MAX_DERIVATIONS = 64;

    private final SvdDocument document;
    private final BoardBuilder builder;
    private final boolean isRamSaid;

    private SvdBoard(SvdDocument document, BoardBuilder builder, boolean isRamSaid) {
        this.document = document;
        this.builder = builder;
        this.isRamSaid = isRamSaid;
    }

    static BoardReading read(String source, byte[] content, BoardHints hints) throws BoardFormatException {
        SvdDocument document = SvdText.read(source, content);
        Architecture said = hints.architecture();
        SvdProcessor processor = new SvdProcessor(source, document, hints.hasRam());
        Architecture architecture = said != null ? said : processor.architecture();
        SvdBoard board = new SvdBoard(document, new BoardBuilder(source, architecture, hints), hints.hasRam());
        String guessed = processor.note();
        if (guessed != null) {
            board.builder.note(guessed);
        }
        String cpu = document.cpu();
        tellCore(document, cpu == null ? "" : cpu, board.builder);
        board.addMemoryRegions();
        board.addPeripherals();
        String name = document.name();
        // LiteX calls every device so
        boolean isNamed = name != null && !name.isEmpty() && !name.equalsIgnoreCase("SOC");
        return board.builder.reading(isNamed ? "" + name : PlatformYaml.plainName(source), "memoryRegions");
    }

    /** The devices alone, for a board whose memory and core stand elsewhere; the file may have registers of the core's MPU. */
    static SvdDocument addDevices(String source, byte[] content, BoardBuilder builder) throws BoardFormatException {
        SvdDocument document = SvdText.read(source, content);
        new SvdBoard(document, builder, true).addPeripherals();
        return document;
    }

    /** Tells a builder the core and what a file says of its MPU. */
    static void tellCore(SvdDocument document, String name, BoardBuilder builder) {
        SvdMpu mpu = new SvdMpu(document);
        builder.core(mpu.core(name));
        String note = mpu.note();
        if (note != null) {
            builder.note(note);
        }
    }

    private void addMemoryRegions() throws BoardFormatException {
        Area ram = null;
        Area empty = null;
        long ramSize = 0;
        Set<String> names = new HashSet<>();
        List<Area> sized = new ArrayList<>();
        for (Area area : document.memoryRegions()) {
            if (!names.add(name(area))) {
                throw builder.fail(area.position(), "a second memory region " + RegionNames.quoted(name(area)));
            }
            long size = number(area, "size", area.size());
            if (size == 0) {
                empty = isRamName(name(area)) ? area : empty;
                builder.note(area.position() + ": the memory region " + name(area) + " has size 0 and is passed over");
                continue;
            }
            sized.add(area);
            if (isRamName(name(area)) && (ram == null || size > ramSize)) {
                ram = area;
                ramSize = size;
            }
        }
        if (ram == null && !isRamSaid) {
            throw empty == null
                    ? builder.fail(
                            "memoryRegions",
                            "no memory region is named like RAM (sram, ddr_ram, main_ram); CMSIS-SVD itself describes none."
                                    + " Say it, for instance: --ram 0x20000000:256KiB, or --memory with a linker script")
                    : builder.fail(
                            empty.position(),
                            name(empty) + " has size 0, and no other RAM is described. Say it, for instance: --ram"
                                    + " 0x20000000:256KiB");
        }
        for (Area area : sized) {
            Kind kind = area == ram ? Kind.RAM : isRamName(name(area)) ? Kind.RESERVED : Kind.DEVICE;
            long start = number(area, "baseAddress", area.start());
            long size = number(area, "size", area.size());
            if (kind == Kind.RAM) {
                builder.add(name(area), kind, start, size, area.position());
            } else {
                builder.addWithin(name(area), kind, AddressPiece.of(start, size), area.position());
            }
        }
    }

    private void addPeripherals() throws BoardFormatException {
        Map<String, Area> byName = new HashMap<>();
        for (Area peripheral : document.peripherals()) {
            if (byName.putIfAbsent(name(peripheral), peripheral) != null) {
                throw builder.fail(
                        peripheral.position(), "a second peripheral " + RegionNames.quoted(name(peripheral)));
            }
        }
        for (Area peripheral : document.peripherals()) {
            long base = number(peripheral, "baseAddress", peripheral.start());
            for (Area block : blocks(peripheral, byName)) {
                long start = base + number(block, "offset", block.start());
                long size = number(block, "size", block.size());
                if (size == 0) {
                    builder.note(peripheral.position() + ": the peripheral " + name(peripheral)
                            + " has a block of size 0, which is passed over");
                } else if (!block.isReserved()) {
                    // the registers of the Kinetis family's MPU are nobody's, as those in the system control space
                    Kind kind = peripheral.hasOwnMpu() ? Kind.KERNEL_DEVICE : Kind.DEVICE;
                    builder.addWithin(name(peripheral), kind, AddressPiece.of(start, size), peripheral.position());
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
                        from.position(), "it is derived from " + RegionNames.quoted(name) + ", which is not there");
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

    static boolean isRamName(String name) {
        return RAM_NAME.matcher(name).matches();
    }
}
