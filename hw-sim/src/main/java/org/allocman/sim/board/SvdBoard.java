package org.allocman.sim.board;

import java.util.ArrayList;
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
    private static final Pattern CORTEX_M = Pattern.compile("(CM|SC)[0-9].*|ARMV[678]-?[EM].*|STAR-?MC.*");
    private static final Pattern CORTEX_A = Pattern.compile("CA([0-9]{1,3}).*");
    private static final Set<String> CORTEX_M_PERIPHERALS = Set.of("NVIC", "SCB", "SYSTICK", "SCNSCB");
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
        Architecture architecture = said != null ? said : architecture(document);
        SvdBoard board = new SvdBoard(document, new BoardBuilder(source, architecture, hints), hints.hasRam());
        String cpu = document.cpu();
        if (said == null && cpu != null && !cpu.isEmpty() && !isKnown(cpu)) {
            board.builder.note("the processor " + Names.quoted(cpu) + " is not known; it is taken for "
                    + architecture.text() + ", and --arch says another");
        }
        board.addMemoryRegions();
        board.addPeripherals();
        String name = document.name();
        return board.builder.reading(
                name == null || name.isEmpty() ? PlatformYaml.plainName(source) : name, "memoryRegions");
    }

    /** The devices alone, for a board whose memory stands elsewhere. */
    static void addDevices(String source, byte[] content, BoardBuilder builder) throws BoardFormatException {
        new SvdBoard(SvdText.read(source, content), builder, true).addPeripherals();
    }

    private static Architecture architecture(SvdDocument document) {
        String cpu = document.cpu();
        Architecture found = cpu == null ? null : architecture(cpu);
        if (found != null) {
            return found;
        }
        // every Cortex-M has these in its private peripherals, and nothing else has anything there
        boolean isCortexM = (cpu == null || cpu.isEmpty())
                && document.peripherals().stream().anyMatch(SvdBoard::isPrivateOfCortexM);
        return isCortexM ? Architecture.MPU : Architecture.RISCV32;
    }

    private static boolean isPrivateOfCortexM(Area peripheral) {
        String name = peripheral.name();
        return name != null && CORTEX_M_PERIPHERALS.contains(name.toUpperCase(Locale.ROOT));
    }

    private static boolean isKnown(String cpu) {
        String name = cpu.toUpperCase(Locale.ROOT);
        return architecture(cpu) != null
                || name.equals("OTHER")
                || name.contains("RISC")
                || name.contains("VEX")
                || name.startsWith("RV32")
                || name.startsWith("E3");
    }

    /** The architecture that a processor's name tells. LiteX names none; its boards have 32-bit RISC-V cores. */
    static @Nullable Architecture architecture(String cpu) {
        String name = cpu.toUpperCase(Locale.ROOT).replaceFirst("^(ARM )?CORTEX[- ]?([AM])", "C$2");
        if (CORTEX_M.matcher(name).matches()) {
            return Architecture.MPU;
        }
        Matcher cortexA = CORTEX_A.matcher(name);
        if (cortexA.matches()) {
            Architecture found = TreeProcessor.architecture(List.of("arm,cortex-a" + cortexA.group(1)), "", "");
            return found != null ? found : Architecture.AARCH32;
        }
        return null;
    }

    private void addMemoryRegions() throws BoardFormatException {
        Area ram = null;
        Area empty = null;
        long ramSize = 0;
        Set<String> names = new HashSet<>();
        List<Area> sized = new ArrayList<>();
        for (Area area : document.memoryRegions()) {
            if (!names.add(name(area))) {
                throw builder.fail(area.position(), "a second memory region " + Names.quoted(name(area)));
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
                throw builder.fail(peripheral.position(), "a second peripheral " + Names.quoted(name(peripheral)));
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
                    builder.addWithin(
                            name(peripheral), Kind.DEVICE, AddressPiece.of(start, size), peripheral.position());
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
