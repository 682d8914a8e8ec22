package org.allocman.sim.board;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A kernel's profile in YAML or JSON as it stands in the file. */
record ProfileDocument(
        @Nullable String name,
        @Nullable String word,
        @Nullable String slot,
        @Nullable String leastUntyped,
        @Nullable String mostUntyped,
        @Nullable String fanOut,
        @Nullable String domains,
        @Nullable String userTop,
        @Nullable String deviceTop,
        @Nullable List<@Nullable TypeEntry> types,
        @Nullable List<@Nullable LevelEntry> levels) {

    record TypeEntry(
            @Nullable String name,
            @Nullable String number,
            @Nullable String kind,
            @Nullable String size,
            @Nullable String least,
            @Nullable String most) {}

    record LevelEntry(@Nullable String table, @Nullable String entries) {}
}
