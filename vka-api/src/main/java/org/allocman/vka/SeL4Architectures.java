package org.allocman.vka;

import static org.allocman.vka.ObjectType.HUGE_PAGE;
import static org.allocman.vka.ObjectType.LARGE_PAGE;
import static org.allocman.vka.ObjectType.NOTIFICATION;
import static org.allocman.vka.ObjectType.PAGE_DIRECTORY;
import static org.allocman.vka.ObjectType.PAGE_TABLE;
import static org.allocman.vka.ObjectType.PDPT;
import static org.allocman.vka.ObjectType.SECTION;
import static org.allocman.vka.ObjectType.SMALL_PAGE;
import static org.allocman.vka.ObjectType.SUPER_SECTION;
import static org.allocman.vka.ObjectType.TCB;
import static org.allocman.vka.ObjectType.VSPACE;

import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.ArchitectureFacts.Attributes;

/** The figures of the kernels that are built in (seL4's {@code objecttype.h}, {@code constants.h} and {@code types.h}). */
final class SeL4Architectures {
    private static final long ARM_CACHEABLE = 1;
    private static final long ARM_PARITY = 2;
    private static final Attributes ARM = new Attributes(ARM_CACHEABLE | ARM_PARITY, 4, 0);
    private static final Attributes RISCV = new Attributes(0, 1, 1L << 31);
    private static final KernelLimits WIDE = KernelLimits.usual(Long.SIZE);
    private static final KernelLimits NARROW = KernelLimits.usual(Integer.SIZE);

    private SeL4Architectures() {}

    static ArchitectureFacts aarch64() {
        return kernel(
                "aarch64",
                WIDE.withUserTop(0x7fff_ffff_ffffL).withDeviceTopBits(40),
                List.of(level(VSPACE, 9), level(PAGE_TABLE, 9), level(PAGE_TABLE, 9), level(PAGE_TABLE, 9)),
                ARM,
                type(HUGE_PAGE, 5, 30),
                type(VSPACE, 6, 12),
                type(SMALL_PAGE, 7, 12),
                type(LARGE_PAGE, 8, 21),
                type(PAGE_TABLE, 9, 12));
    }

    static ArchitectureFacts x86() {
        return kernel(
                "x86_64",
                WIDE.withUserTop(0x7fff_ffff_f000L).withAsids(3, 9),
                List.of(level(VSPACE, 9), level(PDPT, 9), level(PAGE_DIRECTORY, 9), level(PAGE_TABLE, 9)),
                Attributes.NONE,
                type(PDPT, 5, 12),
                type(VSPACE, 6, 12),
                type(HUGE_PAGE, 7, 30),
                type(SMALL_PAGE, 8, 12),
                type(LARGE_PAGE, 9, 21),
                type(PAGE_TABLE, 10, 12),
                type(PAGE_DIRECTORY, 11, 12));
    }

    static ArchitectureFacts riscv64() {
        return kernel(
                "riscv64",
                WIDE.withUntypeds(4, 38).withUserTop(0x3f_ffff_f000L).withDeviceTopBits(39),
                List.of(level(PAGE_TABLE, 9), level(PAGE_TABLE, 9), level(PAGE_TABLE, 9)),
                RISCV,
                type(HUGE_PAGE, 5, 30),
                type(SMALL_PAGE, 6, 12),
                type(LARGE_PAGE, 7, 21),
                type(PAGE_TABLE, 8, 12));
    }

    static ArchitectureFacts aarch32() {
        return kernel(
                "aarch32",
                NARROW.withUserTop(0xe000_0000L).withAsids(7, 10),
                List.of(level(PAGE_DIRECTORY, 12), level(PAGE_TABLE, 8)),
                ARM,
                type(PAGE_DIRECTORY, 5, 14),
                type(SMALL_PAGE, 6, 12),
                type(LARGE_PAGE, 7, 16),
                type(SECTION, 8, 20),
                type(SUPER_SECTION, 9, 24),
                type(PAGE_TABLE, 10, 10));
    }

    static ArchitectureFacts ia32() {
        return kernel(
                "ia32",
                NARROW.withUserTop(0xe000_0000L).withAsids(2, 10),
                List.of(level(PAGE_DIRECTORY, 10), level(PAGE_TABLE, 10)),
                Attributes.NONE,
                type(TCB, 1, 11),
                type(SMALL_PAGE, 5, 12),
                type(LARGE_PAGE, 6, 22),
                type(PAGE_TABLE, 7, 12),
                type(PAGE_DIRECTORY, 8, 12));
    }

    static ArchitectureFacts riscv32() {
        return kernel(
                "riscv32",
                NARROW.withUserTop(0x8000_0000L),
                List.of(level(PAGE_TABLE, 10), level(PAGE_TABLE, 10)),
                RISCV,
                type(SMALL_PAGE, 5, 12),
                type(LARGE_PAGE, 6, 22),
                type(PAGE_TABLE, 7, 12));
    }

    static ArchitectureFacts mpu() {
        return kernel(
                "mpu",
                NARROW.withUserTop(0xffff_ffffL),
                List.of(),
                Attributes.NONE,
                type(TCB, 1, 9),
                type(NOTIFICATION, 3, 4),
                type(SMALL_PAGE, 5, 10),
                type(LARGE_PAGE, 6, 12),
                type(HUGE_PAGE, 7, 14),
                type(VSPACE, 8, 8));
    }

    private static ArchitectureFacts kernel(
            String name, KernelLimits limits, List<PagingLevel> levels, Attributes attributes, ObjectEntry... own) {
        List<ObjectEntry> entries = new ArrayList<>(ArchitectureFacts.common(limits.isWide()));
        for (ObjectEntry entry : own) {
            entries.removeIf(common -> common.type() == entry.type());
            entries.add(entry);
        }
        return new ArchitectureFacts(
                name,
                limits,
                ArchitectureFacts.bounded(limits, entries),
                ArchitectureFacts.covering(levels),
                levels.isEmpty() ? ArchitectureFacts.REGIONS : 0,
                attributes,
                List.of());
    }

    private static ObjectEntry type(ObjectType type, int number, int sizeBits) {
        return ArchitectureFacts.entry(type, number, sizeBits);
    }

    private static PagingLevel level(ObjectType table, int indexBits) {
        return new PagingLevel(table, 0, indexBits);
    }
}
