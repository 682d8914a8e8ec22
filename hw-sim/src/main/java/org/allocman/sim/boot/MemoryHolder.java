package org.allocman.sim.boot;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Who has memory that is in no untyped of the root task's. */
final class MemoryHolder {
    private MemoryHolder() {}

    static @Nullable String of(Board board, BootPlan plan, @PhysAddr long start, @Bytes long bytes) {
        long top = board.architecture().deviceTop();
        if (start < 0 || start >= top || bytes > top - start) {
            return "it lies beyond 0x" + Long.toHexString(top) + ", where untypeds end";
        }
        Span asked = new Span(start, start + bytes);
        for (Region region : board.regions(Region.Kind.KERNEL_DEVICE)) {
            if (overlap(asked, new Span(region.start(), region.end()))) {
                return "the kernel keeps its device " + region.name() + " there";
            }
        }
        LoadLayout load = plan.load();
        // the first part of the kernel's image is the root task's after the boot
        if (overlap(asked, load.kernel()) && !isHandedOver(plan, asked)) {
            return "the kernel's image is there";
        }
        if (overlap(asked, load.image())) {
            return "the root task's own image is there";
        }
        if (overlap(asked, plan.objects().all())) {
            return "what boot made for the root task is there: its CNode, address space, thread and boot info";
        }
        if (overlap(asked, load.deviceTree())) {
            return "the boot information that the loader passed on is there";
        }
        if (overlap(asked, KernelWindows.kept(load.window()))) {
            return "the kernel keeps its section for hardware ASIDs there";
        }
        if (isHandedOver(plan, asked)) {
            return null;
        }
        return isInOne(plan, asked)
                ? "the boot info had no room for an untyped of it"
                : "it lies in several untypeds, and no single one holds all of it";
    }

    private static boolean overlap(Span one, Span other) {
        return one.start() < other.end() && other.start() < one.end();
    }

    private static boolean isHandedOver(BootPlan plan, Span asked) {
        return plan.bootInfo().untypeds().stream()
                .anyMatch(untyped -> untyped.paddr() <= asked.start() && asked.end() - 1 <= untyped.last());
    }

    /** Whether no byte of it is in an untyped; then boot dropped what would have held it. */
    private static boolean isInOne(BootPlan plan, Span asked) {
        List<Untyped> untypeds = plan.bootInfo().untypeds();
        return untypeds.stream().noneMatch(untyped -> untyped.paddr() < asked.end() && asked.start() <= untyped.last());
    }
}
