package org.allocman.lab.machine;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.uvisor.AddressAlias;
import org.allocman.uvisor.AddressMap;
import org.allocman.uvisor.AddressRange;

/** What is where on a board, as rules for boxes see it. */
final class BoardMap {
    private BoardMap() {}

    /** Whether there is RAM where a core with bit-bands would show bits of other memory. */
    static boolean hasRamInBitBands(Board board) {
        return board.regions(Region.Kind.RAM).stream()
                .map(region -> new AddressRange(region.start(), region.end()))
                .anyMatch(ram -> AddressAlias.BIT_BANDS.stream().anyMatch(alias -> ram.overlaps(alias.range())));
    }

    static AddressMap of(Board board, boolean hasBitBands) {
        List<AddressRange> devices = new ArrayList<>();
        List<AddressMap.Kept> kept = new ArrayList<>();
        for (Region region : board.regions()) {
            AddressRange range = new AddressRange(region.start(), region.end());
            switch (region.kind()) {
                case DEVICE -> devices.add(range);
                case KERNEL_DEVICE -> kept.add(new AddressMap.Kept(range, "the kernel's device " + region.name()));
                case RESERVED -> kept.add(new AddressMap.Kept(range, "the reserved memory " + region.name()));
                default -> {
                    // RAM, by sizes and blocks
                }
            }
        }
        List<AddressAlias> aliases = new ArrayList<>();
        board.mirrors()
                .forEach(mirror -> aliases.add(new AddressAlias(
                        new AddressRange(mirror.start(), mirror.start() + mirror.size()), mirror.original(), 1)));
        if (hasBitBands) {
            aliases.addAll(AddressAlias.BIT_BANDS);
        }
        return new AddressMap(devices, aliases, kept);
    }
}
