package org.allocman.cli.uvisor;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file that describes boxes. Numbers are text here, because they may have units.
 *
 * @param boxes the boxes, box 0 first
 */
record BoxesDocument(@Nullable List<@Nullable Box> boxes) {
    /**
     * A box.
     *
     * @param name what to call it
     * @param stack size of its stack
     * @param index size of its index
     * @param context size of its variables
     * @param threadLocal size of a thread's own storage
     * @param rpc size of what calls from other boxes need
     * @param ipc size of what messages need
     * @param heap size of its heap
     * @param blocks the most blocks it may own
     * @param acls what else it may reach
     */
    record Box(
            @Nullable String name,
            @Nullable String stack,
            @Nullable String index,
            @Nullable String context,
            @Nullable String threadLocal,
            @Nullable String rpc,
            @Nullable String ipc,
            @Nullable String heap,
            @Nullable String blocks,
            @Nullable List<@Nullable Acl> acls) {}

    /**
     * A range of addresses.
     *
     * @param start its first byte
     * @param size how many bytes
     * @param access {@code read} or {@code read-write}
     * @param shared whether other boxes that say so may have it, too
     */
    record Acl(
            @Nullable String start,
            @Nullable String size,
            @Nullable String access,
            @Nullable Boolean shared) {}
}
