package org.allocman.vka.args;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * The list of ranges that a chip's description gives, made by the rules of Xous' image tool
 * ({@code tools/src/bin/xous-create-image.rs}): RAM is the largest region named like RAM; the others are widened to pages,
 * sorted, and one with what it touches. Unlike there, a region within another does not cut the outer one short.
 */
public final class RangeList {
    private RangeList() {}

    /**
     * A region as a description has it.
     *
     * @param key its name there, any letters
     * @param start first byte
     * @param bytes length, 1 or more
     */
    public record Described(
            String key, @PhysAddr long start, @Bytes long bytes) {
        long end() {
            return start + bytes;
        }

        private long firstPage() {
            return start & -PAGE;
        }

        private long endPage() {
            return end() + PAGE - 1 & -PAGE;
        }
    }

    /**
     * Makes the list.
     *
     * @param regions all regions, in any order
     * @return RAM, then the others by address; {@link KernelArguments#check} tells whether they can be arguments
     * @throws ArgumentsException if no region is named like RAM
     */
    public static List<NamedRange> of(List<Described> regions) throws ArgumentsException {
        Described ram = null;
        for (Described region : regions) {
            if (isRam(region.key) && (ram == null || region.bytes > ram.bytes)) {
                ram = region;
            }
        }
        if (ram == null) {
            throw new ArgumentsException("", "no region is named like RAM (sram, ddr_ram)");
        }
        return of(ram, regions);
    }

    /**
     * Makes the list when it is known what RAM is.
     *
     * @param ram the one that is RAM
     * @param regions all regions, in any order, that one among them or not
     * @return RAM, then the others by address
     */
    public static List<NamedRange> of(Described ram, List<Described> regions) {
        List<Described> others = new ArrayList<>(regions);
        others.remove(ram);
        others.sort(Comparator.comparingLong(Described::firstPage)
                .thenComparing(Comparator.comparingLong(Described::endPage).reversed()));
        List<NamedRange> ranges = new ArrayList<>();
        ranges.add(new NamedRange(name(ram.key), ram.start, ram.bytes));
        NamedRange last = null;
        for (Described other : others) {
            if (last != null && other.firstPage() <= last.end()) {
                long end = Math.max(last.end(), other.endPage());
                last = new NamedRange(last.name(), last.start(), end - last.start());
                ranges.set(ranges.size() - 1, last);
            } else {
                last = new NamedRange(name(other.key), other.firstPage(), other.endPage() - other.firstPage());
                ranges.add(last);
            }
        }
        return ranges;
    }

    private static boolean isRam(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.contains("sram") || lower.contains("ddr_ram");
    }

    /**
     * The name of four characters for a region.
     *
     * @param key its name in the description
     * @return the one Xous has for it, or its first four characters
     */
    public static String name(String key) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "sram_ext" -> "SrEx";
            case "sram" -> "SrIn";
            case "memlcd" -> "Disp";
            case "vexriscv_debug" -> "VexD";
            case "csr" -> "CSRs";
            case "audio" -> "Audi";
            case "rom" -> "Boot";
            case "spiflash" -> "SpFl";
            default -> plain(key);
        };
    }

    private static String plain(String key) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NamedRange.NAME_LENGTH; i++) {
            char c = i < key.length() ? key.charAt(i) : ' ';
            name.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return name.toString();
    }
}
