package org.allocman.cli.uvisor;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.box.BoxSizes;

/**
 * Where boxes and blocks are, as {@code --json} prints it. Sizes are in bytes.
 *
 * @param board the board's name
 * @param mpu the rules for regions
 * @param mpuRegions how many regions the MPU has
 * @param alone whether there is no kernel and no manager beneath
 * @param ramStart the first byte of the RAM that boxes and blocks are in
 * @param ramEnd one past its last byte
 * @param start the first byte that is for boxes
 * @param order the boxes in the order of their addresses, box 0 first
 * @param bytesInOrder what the boxes take in that order, gaps counted
 * @param bytesAsGiven what they would take in the order of the file
 * @param lostBytes what of the boxes' bytes none asked for: rounding, gaps, guards
 * @param boxes the boxes but box 0, in that order
 * @param acls what boxes may reach of devices, box 0 first, as the file has them
 * @param blockBytes size of a block
 * @param blocks how many there are
 * @param blockStart the first block
 * @param blockEnd one past the last byte of the last block
 * @param gapBeforeBlocks what is lost between the boxes and the first block
 * @param gapBehindBlocks what is lost between the last block and the end of the RAM that is to be had
 * @param metadataStart where the books are
 * @param metadataBytes how large they are
 * @param linkerScript the placement for a linker, line by line
 */
record PlacementReport(
        String board,
        String mpu,
        int mpuRegions,
        boolean alone,
        long ramStart,
        long ramEnd,
        long start,
        List<String> order,
        long bytesInOrder,
        long bytesAsGiven,
        long lostBytes,
        List<Box> boxes,
        List<Acl> acls,
        long blockBytes,
        int blocks,
        long blockStart,
        long blockEnd,
        long gapBeforeBlocks,
        long gapBehindBlocks,
        long metadataStart,
        long metadataBytes,
        List<String> linkerScript) {
    /**
     * A box.
     *
     * @param name what it is called
     * @param start first byte of its memory
     * @param bytes size of its memory
     * @param askedBytes what it asked for, a stack of the least size counted
     * @param roundingBytes what it has more
     * @param gapBytes what is lost before it
     * @param regions the MPU's regions for it
     */
    record Box(
            String name,
            long start,
            long bytes,
            long askedBytes,
            long roundingBytes,
            long gapBytes,
            List<MpuRegion> regions) {}

    /**
     * Addresses of a device that a box may reach; what box 0 may, all may.
     *
     * @param box the box's name
     * @param start first byte
     * @param bytes size
     * @param writable whether it may write there
     * @param shared whether others may be given some of it, too
     */
    record Acl(String box, long start, long bytes, boolean writable, boolean shared) {}

    /**
     * A region of the MPU.
     *
     * @param what stack, data or both
     * @param start first byte
     * @param bytes size
     * @param disabledEighths a bit for each eighth that is switched off; 0 where there are none
     */
    record MpuRegion(String what, long start, long bytes, int disabledEighths) {}

    static PlacementReport of(UvisorMachine machine) {
        UvisorPlan plan = machine.layout().plan();
        List<Box> boxes = new ArrayList<>();
        long at = plan.start();
        for (BoxRegion region : plan.placement().regions()) {
            BoxConfig config = plan.boxes().get(region.box()).config();
            long asked = asked(config.sizes());
            boxes.add(new Box(
                    config.name(),
                    region.base(),
                    region.bytes(),
                    asked,
                    region.bytes() - asked,
                    region.base() - at,
                    regions(plan, region)));
            at = region.base() + region.bytes();
        }
        return new PlacementReport(
                machine.board().name(),
                plan.mpu().text(),
                machine.layout().mpuRegions(),
                machine.managed().isEmpty(),
                machine.ram().start(),
                machine.ram().end(),
                plan.start(),
                plan.placement().order().stream()
                        .map(box -> plan.boxes().get(box).config().name())
                        .toList(),
                plan.placement().end() - plan.start(),
                asGiven(plan),
                at - plan.start() - boxes.stream().mapToLong(Box::askedBytes).sum(),
                boxes,
                acls(plan),
                plan.geometry().blockBytes(),
                plan.geometry().count(),
                plan.geometry().start(),
                plan.geometry().end(),
                plan.geometry().start() - plan.placement().end(),
                machine.layout().end() - plan.geometry().end(),
                machine.layout().metadata().start(),
                machine.layout().metadataBytes(),
                LinkerScript.of(plan));
    }

    private static List<Acl> acls(UvisorPlan plan) {
        return plan.boxes().stream()
                .flatMap(box -> box.acls().stream()
                        .map(acl ->
                                new Acl(box.config().name(), acl.start(), acl.bytes(), acl.writable(), acl.shared())))
                .toList();
    }

    private static long asked(BoxSizes sizes) {
        return Math.max(sizes.stack(), BoxSizes.LEAST_STACK) + sizes.data();
    }

    private static List<MpuRegion> regions(UvisorPlan plan, BoxRegion region) {
        if (plan.mpu().hasEighths()) {
            return List.of(new MpuRegion("all", region.base(), region.bytes(), region.disabled()));
        }
        List<MpuRegion> regions = new ArrayList<>();
        regions.add(new MpuRegion("stack", region.stack(), region.stackPointer() - region.stack(), 0));
        if (region.dataBytes() != 0) {
            regions.add(new MpuRegion("data", region.data(), region.dataBytes(), 0));
        }
        return regions;
    }

    /** What the boxes would take one behind the other as the file has them. */
    private static long asGiven(UvisorPlan plan) {
        long at = BoxPlacement.first(plan.mpu(), plan.start());
        for (int box = 1; box < plan.boxes().size(); box++) {
            at = BoxPlacement.next(plan.mpu(), box, plan.boxes().get(box).config(), at)
                    .get()
                    .next();
        }
        return at - plan.start();
    }
}
