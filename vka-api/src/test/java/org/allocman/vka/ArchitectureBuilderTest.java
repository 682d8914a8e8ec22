package org.allocman.vka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureBuilderTest {
    private static ArchitectureBuilder paged() {
        return ArchitectureBuilder.of("mine", 64)
                .type(ObjectType.SMALL_PAGE, 5, 12)
                .type(ObjectType.PAGE_TABLE, 6, 12)
                .level(ObjectType.PAGE_TABLE, 9)
                .level(ObjectType.PAGE_TABLE, 9);
    }

    private static ObjectType named(Architecture architecture, String name) {
        return Objects.requireNonNull(architecture.typeNamed(name), name);
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void everyTypeOfABuiltInKernelIsFoundByNumberIndexAndName(Architecture architecture) {
        assertEquals(architecture, Architecture.named(architecture.text()));
        assertFalse(architecture.isOwn());
        for (ObjectType type : architecture.types()) {
            assertEquals(type, architecture.type(architecture.number(type)));
            assertEquals(type, architecture.typeWithIndex(type.index()));
            assertEquals(type, architecture.typeNamed(type.name()));
            assertEquals(type, ObjectType.named(type.name()));
        }
        assertNull(architecture.type(-1));
        assertNull(architecture.type(64));
        assertNull(architecture.type(1L << 32));
        assertNull(architecture.typeWithIndex(-1));
        assertNull(architecture.typeWithIndex(1000));
    }

    @Test
    void theIndexOfATypeOfSeL4sIsItsPlaceInTheList() {
        ObjectType[] all = ObjectType.values();
        for (int i = 0; i < all.length; i++) {
            assertEquals(i, all[i].index());
        }
    }

    @Test
    void aKernelOfOnesOwnHasWhatWasSaidAndSeL4sRest() {
        Architecture mine = paged().slotBits(6)
                .type(ObjectType.ENDPOINT, 20, 6)
                .plain("message box", 2, 7)
                .plain("arena", 63, 12, 20)
                .fanOutLimit(64)
                .build();
        assertTrue(mine.isOwn());
        assertEquals("mine", mine.text());
        assertNull(Architecture.named("mine"));
        assertEquals(6, mine.slotBits());
        assertEquals(64, mine.fanOutLimit());
        ObjectType box = named(mine, "MESSAGE_BOX");
        assertEquals("message box", box.text());
        assertEquals(2, mine.number(box));
        assertEquals(7, mine.sizeBits(box, 99));
        assertEquals(20, mine.number(ObjectType.ENDPOINT));
        ObjectType arena = named(mine, "ARENA");
        assertTrue(arena.isSizedByCaller());
        assertEquals(15, mine.sizeBits(arena, 15));
        assertEquals(12, mine.leastSize(arena));
        assertEquals(20, mine.mostSize(arena));
        assertEquals(10, mine.sizeBits(ObjectType.CNODE, 4));
        assertEquals(1L << 29, mine.userTop(), "half of what two levels translate");
        assertEquals(1, mine.tableLevels());
        assertEquals(ObjectType.PAGE_TABLE, mine.tableFor(21));
        assertNull(mine.tableFor(12));
        assertEquals(List.of(ObjectType.SMALL_PAGE), mine.frames());
    }

    @Test
    void twoDescriptionsOfOneKernelAreEqual() {
        Architecture one = paged().plain("box", 10, 7).build();
        Architecture other = paged().plain("box", 10, 7).build();
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertEquals(named(one, "BOX"), named(other, "BOX"));
        assertTrue(other.has(named(one, "BOX")));
        Architecture turned =
                paged().type(ObjectType.SMALL_PAGE, 5, 12).plain("box", 10, 7).build();
        assertEquals(one, turned, "in whatever order it was said");
        assertNotEquals(one, paged().plain("box", 10, 8).build());
        assertNotEquals(one, paged().plain("crate", 10, 7).build());
        assertFalse(paged().plain("crate", 10, 7).build().has(named(one, "BOX")));
    }

    private static void refused(String words, UnaryOperator<ArchitectureBuilder> said) {
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> said.apply(paged()).build(),
                        words)
                .getMessage());
        assertTrue(message.contains(words), message);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ArchitectureBuilder.of("riscv64", 64));
        assertThrows(IllegalArgumentException.class, () -> ArchitectureBuilder.of("My Kernel", 64));
        assertThrows(IllegalArgumentException.class, () -> ArchitectureBuilder.of("mine", 48));
        refused("size of a slot", builder -> builder.slotBits(4));
        refused("size of a slot", builder -> builder.slotBits(9));
        refused("largest untyped", builder -> builder.untypeds(4, 48));
        refused("smallest untyped", builder -> builder.untypeds(3, 40));
        refused("fan-out", builder -> builder.fanOutLimit(63));
        refused("user top", builder -> builder.userTop(0));
        refused("device top", builder -> builder.deviceTopBits(48));
        refused("number of box", builder -> builder.plain("box", 64, 7));
        refused("number of box", builder -> builder.plain("box", -1, 7));
        refused("size of box", builder -> builder.plain("box", 10, 3));
        refused("size of box", builder -> builder.plain("box", 10, 48));
        refused("more than the largest", builder -> builder.plain("box", 10, 9, 8));
        refused("name has letters", builder -> builder.plain("a  b", 10, 8));
        refused("name has letters", builder -> builder.plain("x".repeat(33), 10, 8));
        refused("in bits", builder -> builder.level(ObjectType.PAGE_TABLE, 0));
        refused("is none", builder -> builder.level(ObjectType.TCB, 9));
        refused("no object type", builder -> builder.level(builder.typeNamed("NOTHING"), 9));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        refused("number 2", builder -> builder.plain("box", 2, 7));
        refused("already", builder -> builder.plain("small page", 10, 12));
        refused("already", builder -> builder.plain("box", 10, 7).plain("Box", 11, 7));
        refused("no untyped is large enough", builder -> builder.untypeds(4, 12).plain("box", 10, 13));
        refused("smaller than the smallest untyped", builder -> builder.untypeds(5, 40));
        refused("a TCB with slots of 256 bytes", builder -> builder.slotBits(8));
        refused("covers", builder -> builder.frame("odd frame", 10, 16));
        refused("one size", builder -> builder.frame("odd frame", 10, 12));
        refused("does not hold", builder -> {
            ArchitectureBuilder more = builder.table("small table", 10, 8);
            return more.level(more.typeNamed("SMALL_TABLE"), 9);
        });
        refused("of no level", builder -> builder.table("lost table", 10, 12));
        refused("which the kernel does not have", builder -> builder.level(ObjectType.PDPT, 9));
        refused("user top", builder -> builder.userTop(1L << 40));
        refused("2 to 7 levels", builder -> {
            ArchitectureBuilder deep = builder;
            for (int i = 0; i < 6; i++) {
                deep = deep.level(ObjectType.PAGE_TABLE, 1);
            }
            return deep;
        });
        refused(
                "bits of an address",
                builder -> builder.level(ObjectType.PAGE_TABLE, 9)
                        .level(ObjectType.PAGE_TABLE, 9)
                        .level(ObjectType.PAGE_TABLE, 9)
                        .level(ObjectType.PAGE_TABLE, 9));
        assertThrows(
                IllegalArgumentException.class,
                () -> ArchitectureBuilder.of("mine", 64)
                        .type(ObjectType.SMALL_PAGE, 5, 12)
                        .build());
    }

    @Test
    void fourFramesAtMost() {
        refused("4 sizes of frames", builder -> {
            ArchitectureBuilder many = builder;
            for (int i = 0; i < 4; i++) {
                many = many.frame("frame " + (char) ('a' + i), 10 + i, 21 + 4 * i)
                        .level(ObjectType.PAGE_TABLE, 4);
            }
            return many;
        });
    }
}
