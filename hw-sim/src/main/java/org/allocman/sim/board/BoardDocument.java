package org.allocman.sim.board;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A board description in YAML or JSON as it stands in the file. Ours has regions; what seL4's build writes has memory
 * and, mostly, devices. What is ignored is what {@code boards --json} says of a boot besides.
 */
@JsonIgnoreProperties({"rootCNodeBits", "emptySlots", "untypeds", "leftOut", "failure"})
record BoardDocument(
        @Nullable String name,
        @Nullable String architecture,
        @Nullable String userTop,
        @Nullable String core,
        @Nullable String mpu,
        @Nullable String mpuRegions,
        @Nullable List<@Nullable RegionEntry> regions,
        @Nullable List<@Nullable MirrorEntry> mirrors,
        @Nullable List<@Nullable SpanEntry> devices,
        @Nullable List<@Nullable SpanEntry> memory) {

    record RegionEntry(
            @Nullable String name,
            @Nullable String kind,
            @Nullable String start,
            @Nullable String size) {}

    record MirrorEntry(
            @Nullable String start,
            @Nullable String original,
            @Nullable String size) {}

    record SpanEntry(@Nullable String start, @Nullable String end) {}
}
