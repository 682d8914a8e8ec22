package org.allocman.uvisor;

import static org.allocman.uvisor.rules.Halt.hex;

import java.util.ArrayList;
import java.util.List;
import org.allocman.uvisor.block.BlockGeometry.Range;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.rules.MpuKind;

/**
 * What boxes ask for, compared with everything else before anything runs: what one box has, no other may reach, unless both
 * say so; and nobody may reach what keeps them apart.
 *
 * @param mpu the rules for regions
 * @param boxes the boxes
 * @param ram the RAM
 * @param placement the boxes' static memory
 * @param map what the board has
 */
record AclRules(MpuKind mpu, List<BoxSetup> boxes, Range ram, BoxPlacement placement, AddressMap map) {
    /** What every Cortex-M has there: the MPU's registers and the interrupt controller among others (ARMv7-M, B3.1). */
    private static final AddressRange PRIVATE_PERIPHERAL_BUS = new AddressRange(0xe000_0000L, 0xe010_0000L);

    /** The registers of the Kinetis family's unit, SYSMPU (K64 Sub-Family Reference Manual, chapter 19). */
    private static final AddressRange KINETIS_REGISTERS = new AddressRange(0x4000_d000L, 0x4000_e000L);

    AclRules {
        boxes = List.copyOf(boxes);
    }

    /** A box's wish. */
    private record Wish(int box, String name, BoxAcl acl) {
        AddressRange range() {
            return new AddressRange(acl.start(), acl.start() + acl.bytes());
        }

        String text() {
            return "box " + name + " asks for " + range();
        }
    }

    /** Everything that contradicts something: the RAM first, then in the order of boxes and of what they ask for. */
    List<String> contradictions() {
        List<Wish> wishes = wishes();
        List<String> wrong = new ArrayList<>();
        AddressRange all = new AddressRange(ram.sramStart(), ram.sramEnd());
        for (AddressAlias alias : map.aliases()) {
            if (all.overlaps(alias.range())) {
                wrong.add("the RAM from " + all + " lies " + alias.text(all));
            }
        }
        for (int i = 0; i < wishes.size(); i++) {
            Wish wish = wishes.get(i);
            String alone = alone(wish);
            if (!alone.isEmpty()) {
                wrong.add(wish.text() + ", " + alone);
                continue;
            }
            for (Wish before : wishes.subList(0, i)) {
                String both = wish.range().overlaps(before.range()) ? both(before, wish) : "";
                if (!both.isEmpty()) {
                    wrong.add(wish.text() + ", " + both);
                }
            }
        }
        return wrong;
    }

    private List<Wish> wishes() {
        List<Wish> wishes = new ArrayList<>();
        for (int box = 0; box < boxes.size(); box++) {
            for (BoxAcl acl : boxes.get(box).acls()) {
                wishes.add(new Wish(box, boxes.get(box).config().name(), acl));
            }
        }
        return wishes;
    }

    /** Why nobody may have it, or nothing. */
    private String alone(Wish wish) {
        AddressRange range = wish.range();
        if (range.overlaps(new AddressRange(ram.sramStart(), ram.sramEnd()))) {
            return "which is RAM" + inRam(range) + "; a box has RAM by its sizes and by blocks alone";
        }
        if (range.overlaps(PRIVATE_PERIPHERAL_BUS)) {
            return "where the processor's own registers are, the MPU's among them (" + PRIVATE_PERIPHERAL_BUS + ")";
        }
        if (mpu == MpuKind.KINETIS && range.overlaps(KINETIS_REGISTERS)) {
            return "where the MPU's own registers are (" + KINETIS_REGISTERS + ")";
        }
        for (AddressAlias alias : map.aliases()) {
            if (range.overlaps(alias.range())) {
                return alias.text(range) + "; a box asks for that itself";
            }
        }
        for (AddressMap.Kept kept : map.kept()) {
            if (range.overlaps(kept.range())) {
                return "where " + kept.what() + " is (" + kept.range() + "), which no box is given";
            }
        }
        long outside = range.firstOutside(map.devices());
        return outside == range.end() ? "" : "and the board has no device at " + hex(outside);
    }

    private String inRam(AddressRange range) {
        for (BoxRegion region : placement.regions()) {
            if (range.overlaps(new AddressRange(region.base(), region.base() + Math.max(1, region.bytes())))) {
                return ", of it static memory of box "
                        + boxes.get(region.box()).config().name();
            }
        }
        return range.end() > placement.end() && range.start() < ram.end() ? ", of it blocks" : "";
    }

    /** Why two wishes for the same addresses cannot both be granted, or nothing. */
    private static String both(Wish first, Wish second) {
        if (first.box == second.box) {
            return "and for " + first.range() + " as well; say it once";
        }
        String other = "and box " + first.name + " for " + first.range();
        boolean isShared = first.acl.shared() && second.acl.shared();
        if (first.box == BlockPool.PUBLIC_BOX && first.acl.writable() != second.acl.writable()) {
            return other + " with other rights, which all boxes have; the two contradict each other";
        }
        return isShared ? "" : other + "; if both are to have it, both say that it is shared";
    }
}
