package org.example.hydra;

import org.allocman.vka.Architecture;
import org.allocman.vka.ArchitectureBuilder;
import org.allocman.vka.ObjectType;

/** A research kernel: five levels of page tables, two object types of its own, slots of 64 bytes. */
public final class Hydra {
    private Hydra() {}

    /**
     * Describes the kernel, as {@code hydra.yaml} does.
     *
     * @return its profile
     */
    public static Architecture profile() {
        ArchitectureBuilder builder = ArchitectureBuilder.of("hydra", 64)
                .slotBits(6)
                .type(ObjectType.TCB, 1, 12)
                .type(ObjectType.SMALL_PAGE, 5, 12)
                .type(ObjectType.LARGE_PAGE, 6, 21)
                .type(ObjectType.VSPACE, 7, 12)
                .table("upper table", 8, 12)
                .type(ObjectType.PAGE_TABLE, 9, 12)
                .plain("channel", 10, 7)
                .plain("arena", 11, 12, 20);
        ObjectType upper = builder.typeNamed("UPPER_TABLE");
        return builder.level(ObjectType.VSPACE, 9)
                .level(upper, 9)
                .level(upper, 9)
                .level(ObjectType.PAGE_TABLE, 9)
                .level(ObjectType.PAGE_TABLE, 9)
                .build();
    }
}
