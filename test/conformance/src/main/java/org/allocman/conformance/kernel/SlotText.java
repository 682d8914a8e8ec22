package org.allocman.conformance.kernel;

import java.util.Locale;
import java.util.Map;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Slots in the words of a recording: where they are, what they hold. */
final class SlotText {
    private static final int TOP_SLOTS = 4;
    private static final int THREAD_RADIX = 4;
    private static final int TARGET_BITS = 8;
    private static final int TARGET_MASK = (1 << TARGET_BITS) - 1;
    /** Where the RAM of the machines begins on which recordings were made, if the kernel's window depends on it. */
    private static final long RECORDED_RAM = 0x8000_0000L;

    private final RecordedMachine machine;
    private final Slots slots;
    private final ObjectTypes types;
    private final Architecture architecture;
    private final long windowOffset;
    private final long wordMask;

    SlotText(RecordedMachine machine, Architecture architecture, long windowOffset) {
        this.machine = machine;
        this.slots = machine.slots;
        this.types = new ObjectTypes(machine.slots, architecture);
        this.architecture = architecture;
        this.windowOffset = windowOffset;
        this.wordMask = -1L >>> Long.SIZE - architecture.wordBits();
    }

    /** How far the kernel's addresses of memory are from the physical ones, if a recording does not say. */
    static long windowOffset(Architecture architecture) {
        return Behaviours.of(architecture)
                .window(architecture.userTop(), RECORDED_RAM)
                .offset();
    }

    /** A slot's name: {@code a} and its number in the arena, {@code t} in TOP, {@code n} and its address elsewhere. */
    String location(long slot) {
        if (slot < 0) {
            return "-";
        }
        long inArena = (slot - machine.arena) / slots.bytes();
        if (slot >= machine.arena && inArena < machine.arenaSlots) {
            return "a" + inArena;
        }
        long inTop = (slot - machine.top) / slots.bytes();
        return slot >= machine.top && inTop < TOP_SLOTS ? "t" + inTop : "n0x" + Long.toHexString(slot);
    }

    /** What recordings call the capability in a slot. */
    String kind(long slot) {
        String name = switch (slots.type(slot)) {
            case CONTROL -> slots.control().kind(slot).name();
            case OBJECT -> String.valueOf(types.type(slot));
            default -> slots.type(slot).name();
        };
        return name.toLowerCase(Locale.ROOT);
    }

    /** The number that the kernel's debugging call gives for the type of a capability. */
    int number(long slot) {
        return switch (slots.type(slot)) {
            case NULL -> 0;
            case UNTYPED -> 2;
            case ENDPOINT -> 4;
            case NOTIFICATION -> 6;
            case REPLY -> 8;
            case CNODE -> 10;
            case TCB -> 12;
            case ZOMBIE -> architecture.wordBits() == Long.SIZE ? 18 : 46;
            case CONTROL -> controlNumber(slot);
            case OBJECT -> types.type(slot) == ObjectType.REPLY ? 8 : isWide() ? 22 : 78;
            default ->
                architecture.vspaceType() == ObjectType.PAGE_DIRECTORY ? aarch32Number(slot) : pagingNumber(slot);
        };
    }

    private boolean isWide() {
        return architecture.wordBits() == Long.SIZE;
    }

    private int controlNumber(long slot) {
        return switch (slots.control().kind(slot)) {
            case IRQ_CONTROL -> 14;
            case IRQ_HANDLER -> isWide() ? 16 : 30;
            case SGI_SIGNAL -> isWide() ? 27 : 63;
            case SCHED_CONTROL -> isWide() ? 24 : 94;
            case IO_PORT -> 19;
            default -> 11;
        };
    }

    private int aarch32Number(long slot) {
        return switch (slots.type(slot)) {
            case FRAME -> slots.frame().size(slot) == 0 ? 1 : 3;
            case ASID_POOL -> 5;
            case PAGE_TABLE -> 7;
            case PAGE_DIRECTORY -> 9;
            default -> 11;
        };
    }

    private int pagingNumber(long slot) {
        return switch (slots.type(slot)) {
            case FRAME -> 1;
            case PAGE_TABLE -> 3;
            case PAGE_DIRECTORY -> 5;
            case PDPT -> 7;
            case VSPACE -> 9;
            case ASID_POOL -> 13;
            default -> 11;
        };
    }

    /** A field as recordings write it, or null if slots of this kind have no such field. */
    @Nullable
    String field(long slot, String key) {
        return switch (key) {
            case "prev" -> location(slots.mdb().previous(slot));
            case "next" -> location(slots.mdb().next(slot));
            case "rev" -> flag(slots.mdb().isRevocable(slot));
            case "fb" -> flag(slots.mdb().isFirstBadged(slot));
            case "paddr" -> hex(slots.object(slot));
            case "irq" -> Integer.toString(interrupt(slot));
            case "target" -> Integer.toString(slots.control().number(slot) & TARGET_MASK);
            case "bits" -> Integer.toString(slots.untyped().sizeBits(slot));
            case "free" -> Long.toString(slots.untyped().freeIndex(slot));
            case "dev" -> flag(slots.isDevice(slot));
            case "badge" -> hex(slots.endpoint().badge(slot));
            case "rights" -> rights(slot);
            case "radix" -> Integer.toString(slots.cnode().radix(slot));
            case "guard_size" -> Integer.toString(slots.cnode().guardSize(slot));
            case "guard" -> hex(slots.cnode().guard(slot));
            case "size" ->
                Integer.toString(
                        slots.type(slot) == CapabilityType.OBJECT
                                ? slots.own().sizeBits(slot)
                                : slots.frame().size(slot));
            case "core" -> Integer.toString(slots.control().number(slot));
            case "vmrights" -> Integer.toString(slots.frame().vmRights(slot));
            case "maptype" -> Integer.toString(slots.frame().mapType(slot));
            case "mapped" -> flag(slots.table().isMapped(slot));
            case "asid", "base" -> Integer.toString(slots.mapping().asid(slot));
            case "vaddr" -> hex(slots.mapping().vaddr(slot));
            case "id" -> hex(zombieId(slot));
            case "ztype" ->
                Integer.toString(
                        slots.zombie().isTcb(slot)
                                ? architecture.wordBits()
                                : slots.zombie().radix(slot));
            default -> null;
        };
    }

    /** Whether a slot holds what a recording says. */
    boolean agrees(long slot, String content, int number) throws RecordingException {
        String kind = content.split(" ", 2)[0];
        boolean same = kind(slot).equals(kind.equals("pml4") ? "vspace" : kind);
        for (Map.Entry<String, String> field : new Fields(content, number).all().entrySet()) {
            same = same && field.getValue().equals(field(slot, field.getKey()));
        }
        return same;
    }

    /** Everything that matters of a slot, to be shown. */
    String describe(long slot) {
        String links = " prev=" + field(slot, "prev") + " next=" + field(slot, "next") + " rev=" + field(slot, "rev")
                + " fb=" + field(slot, "fb");
        String fields = switch (slots.type(slot)) {
            case NULL -> "";
            case UNTYPED -> list(slot, "paddr", "bits", "free", "dev");
            case ENDPOINT, NOTIFICATION -> list(slot, "paddr", "badge", "rights");
            case CNODE -> list(slot, "paddr", "radix", "guard_size", "guard");
            case ZOMBIE -> list(slot, "id", "ztype");
            case FRAME -> list(slot, "paddr", "size", "vmrights", "dev", "asid", "vaddr");
            case PAGE_TABLE, PAGE_DIRECTORY, PDPT, VSPACE -> list(slot, "paddr", "mapped", "asid", "vaddr");
            case ASID_POOL -> list(slot, "base", "paddr");
            case TCB, REPLY, OBJECT -> list(slot, "paddr");
            case CONTROL -> list(slot, "irq");
        };
        return slots.isEmpty(slot) ? "null" : kind(slot) + fields + links;
    }

    private String list(long slot, String... keys) {
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            text.append(' ').append(key).append('=').append(field(slot, key));
        }
        return text.toString();
    }

    /** How the real kernel packs a zombie: its object's kernel address, the slots left in the bits below. */
    private long zombieId(long slot) {
        int radix = slots.zombie().isTcb(slot) ? THREAD_RADIX : slots.zombie().radix(slot);
        long mask = (1L << radix + 1) - 1;
        return windowOffset + slots.object(slot) & wordMask & ~mask
                | slots.zombie().number(slot);
    }

    private int interrupt(long slot) {
        int number = slots.control().number(slot);
        return slots.control().kind(slot) == ControlKind.SGI_SIGNAL ? number >>> TARGET_BITS : number;
    }

    /** A letter or a dash for each right; notifications have but two. */
    private String rights(long slot) {
        if (slots.type(slot) == CapabilityType.OBJECT) {
            return (slots.own().rights(slot) & CapRights.GRANT) == 0 ? "-" : "G";
        }
        String all = new CapRights(slots.endpoint().rights(slot)).toString();
        return slots.type(slot) == CapabilityType.NOTIFICATION ? all.substring(0, 2) : all;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }
}
