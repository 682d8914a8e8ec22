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

/** The figures of the kernels that are built in (seL4's {@code objecttype.h}, {@code constants.h} and {@code types.h}). */
final class SeL4Architectures {
    private static final long ARM_CACHEABLE = 1;
    private static final long ARM_PARITY = 2;
    private static final long ARM_EXECUTE_NEVER = 4;
    private static final long RISCV_EXECUTE_NEVER = 1;
    private static final long RISCV_SUPERVISOR = 1L << 31;

    private SeL4Architectures() {}

    static Architecture aarch64() {
        return arm(ArchitectureBuilder.begin("aarch64", 64))
                .userTop(0x7fff_ffff_ffffL)
                .deviceTopBits(40)
                .type(HUGE_PAGE, 5, 30)
                .type(VSPACE, 6, 12)
                .type(SMALL_PAGE, 7, 12)
                .type(LARGE_PAGE, 8, 21)
                .type(PAGE_TABLE, 9, 12)
                .level(VSPACE, 9)
                .level(PAGE_TABLE, 9)
                .level(PAGE_TABLE, 9)
                .level(PAGE_TABLE, 9)
                .buildAsGiven();
    }

    static Architecture x86() {
        return ArchitectureBuilder.begin("x86_64", 64)
                .userTop(0x7fff_ffff_f000L)
                .deviceTopBits(47)
                .asids(3, 9)
                .type(PDPT, 5, 12)
                .type(VSPACE, 6, 12)
                .type(HUGE_PAGE, 7, 30)
                .type(SMALL_PAGE, 8, 12)
                .type(LARGE_PAGE, 9, 21)
                .type(PAGE_TABLE, 10, 12)
                .type(PAGE_DIRECTORY, 11, 12)
                .level(VSPACE, 9)
                .level(PDPT, 9)
                .level(PAGE_DIRECTORY, 9)
                .level(PAGE_TABLE, 9)
                .buildAsGiven();
    }

    static Architecture riscv64() {
        return riscv(ArchitectureBuilder.begin("riscv64", 64))
                .untypeds(4, 38)
                .userTop(0x3f_ffff_f000L)
                .deviceTopBits(39)
                .type(HUGE_PAGE, 5, 30)
                .type(SMALL_PAGE, 6, 12)
                .type(LARGE_PAGE, 7, 21)
                .type(PAGE_TABLE, 8, 12)
                .level(PAGE_TABLE, 9)
                .level(PAGE_TABLE, 9)
                .level(PAGE_TABLE, 9)
                .buildAsGiven();
    }

    static Architecture aarch32() {
        return arm(ArchitectureBuilder.begin("aarch32", 32))
                .userTop(0xe000_0000L)
                .asids(7, 10)
                .deviceTopBits(32)
                .type(PAGE_DIRECTORY, 5, 14)
                .type(SMALL_PAGE, 6, 12)
                .type(LARGE_PAGE, 7, 16)
                .type(SECTION, 8, 20)
                .type(SUPER_SECTION, 9, 24)
                .type(PAGE_TABLE, 10, 10)
                .level(PAGE_DIRECTORY, 12)
                .level(PAGE_TABLE, 8)
                .buildAsGiven();
    }

    static Architecture riscv32() {
        return riscv(ArchitectureBuilder.begin("riscv32", 32))
                .userTop(0x8000_0000L)
                .deviceTopBits(32)
                .type(SMALL_PAGE, 5, 12)
                .type(LARGE_PAGE, 6, 22)
                .type(PAGE_TABLE, 7, 12)
                .level(PAGE_TABLE, 10)
                .level(PAGE_TABLE, 10)
                .buildAsGiven();
    }

    static Architecture mpu() {
        return ArchitectureBuilder.begin("mpu", 32)
                .userTop(0xffff_ffffL)
                .deviceTopBits(32)
                .type(TCB, 1, 9)
                .type(NOTIFICATION, 3, 4)
                .type(SMALL_PAGE, 5, 10)
                .type(LARGE_PAGE, 6, 12)
                .type(HUGE_PAGE, 7, 14)
                .type(VSPACE, 8, 8)
                .buildAsGiven();
    }

    private static ArchitectureBuilder arm(ArchitectureBuilder builder) {
        return builder.attributes(ARM_CACHEABLE | ARM_PARITY, ARM_EXECUTE_NEVER, 0);
    }

    private static ArchitectureBuilder riscv(ArchitectureBuilder builder) {
        return builder.attributes(0, RISCV_EXECUTE_NEVER, RISCV_SUPERVISOR);
    }
}
