package org.allocman.lab.machine;

import java.util.List;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.VkaPieces;

/** A stretch of memory that is had from the manager, and where its capabilities are. */
record HeldMemory(long start, long bytes, long records) {
    static List<HeldMemory> of(UvisorLayout layout, long records) {
        UvisorPlan plan = layout.plan();
        long metadata = layout.metadata().start();
        long metadataBytes = layout.metadataBytes();
        long staticBytes = plan.geometry().start() - plan.start();
        if (metadata + metadataBytes == plan.start()) {
            return List.of(new HeldMemory(metadata, metadataBytes + staticBytes, records));
        }
        return List.of(
                new HeldMemory(metadata, metadataBytes, records),
                new HeldMemory(plan.start(), staticBytes, records + VkaPieces.recordBytes(metadata, metadataBytes)));
    }

    static long recordBytes(UvisorLayout layout) {
        return of(layout, 0).stream()
                .mapToLong(held -> VkaPieces.recordBytes(held.start, held.bytes))
                .sum();
    }
}
