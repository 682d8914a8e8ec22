package org.allocman.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootInfo.SlotRegion;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a machine tells of its boot: one answer for the whole, words with one or two numbers behind each in any order, and one
 * answer for each untyped.
 *
 * @param architecture the name of the architecture
 * @param bootInfo all that the boot info tells; its untypeds may be missing
 * @param poolBase virtual address of the static pool, 0 if there is none
 * @param poolBytes its size, 0 if there is none
 * @param freeBase virtual address from which on the root task may map, 0 if it is not told
 */
public record BootAnswers(
        Architecture architecture,
        BootInfo bootInfo,
        @VirtAddr long poolBase,
        @Bytes long poolBytes,
        @VirtAddr long freeBase) {
    private static final int MOST_UNTYPEDS = 4096;
    private static final int MOST_BITS = 64;
    private static final String DEVICE = "device";

    /**
     * The whole.
     *
     * @return the answer to {@code boot-info}
     */
    public WireAnswer whole() {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("architecture", architecture.text()));
        number(words, "ipc-buffer", bootInfo.ipcBuffer());
        number(words, "cnode-bits", bootInfo.initThreadCNodeSizeBits());
        region(words, "empty", bootInfo.empty());
        region(words, "image", bootInfo.userImageFrames());
        region(words, "image-paging", bootInfo.userImagePaging());
        region(words, "extra", bootInfo.extraBootInfoPages());
        region(words, "sched-control", bootInfo.schedControl());
        region(words, "untypeds", bootInfo.untyped());
        region(words, "pool", new SlotRegion(poolBase, poolBytes));
        number(words, "free-from", freeBase);
        return new WireAnswer(0, "", words, "");
    }

    private static void number(List<String> words, String word, long number) {
        words.add(word);
        words.add(WireNumbers.text(number));
    }

    private static void region(List<String> words, String word, SlotRegion region) {
        number(words, word, region.start());
        words.add(WireNumbers.text(region.end()));
    }

    /**
     * One untyped.
     *
     * @param untyped which
     * @return the answer to {@code boot-untyped}
     */
    public static WireAnswer of(Untyped untyped) {
        return WireAnswer.ok(
                "",
                WireNumbers.text(untyped.slot()),
                WireNumbers.text(untyped.paddr()),
                WireNumbers.text(untyped.sizeBits()),
                untyped.device() ? DEVICE : "normal");
    }

    /** Asks for all of it; the architecture is the one that is given, or the one that is told. */
    static BootAnswers ask(WireConnection connection, @Nullable Architecture given) {
        WireAnswer answer = connection.ask("boot-info");
        if (!answer.isOk()) {
            throw new WireException("'boot-info' got no boot info: " + answer.text());
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < answer.values().size(); i++) {
            places.putIfAbsent(answer.word(i), i);
        }
        Architecture architecture = given != null ? given : architecture(answer, places);
        SlotRegion slots = region(answer, places, "untypeds");
        SlotRegion pool = region(answer, places, "pool");
        BootInfo info = new BootInfo(
                architecture,
                number(answer, places, "ipc-buffer", 0),
                (int) number(answer, places, "cnode-bits", 0),
                region(answer, places, "empty"),
                region(answer, places, "image"),
                region(answer, places, "image-paging"),
                region(answer, places, "extra"),
                region(answer, places, "sched-control"),
                slots,
                untypeds(connection, slots.size()));
        return new BootAnswers(architecture, info, pool.start(), pool.end(), number(answer, places, "free-from", 0));
    }

    private static Architecture architecture(WireAnswer answer, Map<String, Integer> places) {
        Integer at = places.get("architecture");
        String name = at == null ? "" : answer.word(at + 1);
        Architecture known = Architecture.named(name);
        if (known == null) {
            throw new WireException("there is no architecture '" + name + "' here; give its profile");
        }
        return known;
    }

    private static List<Untyped> untypeds(WireConnection connection, long count) {
        if (count < 0 || count > MOST_UNTYPEDS) {
            throw new WireException("a machine has 0 to " + MOST_UNTYPEDS + " untypeds, not " + count);
        }
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add("boot-untyped " + i);
        }
        List<Untyped> untypeds = new ArrayList<>();
        for (WireAnswer answer : connection.askAll(requests)) {
            if (!answer.isOk()) {
                throw new WireException("'boot-untyped' got no untyped: " + answer.text());
            }
            untypeds.add(new Untyped(
                    answer.value(0),
                    answer.value(1),
                    WireNumbers.small(answer.word(2), MOST_BITS - 1),
                    answer.word(3).equals(DEVICE)));
        }
        return untypeds;
    }

    private static SlotRegion region(WireAnswer answer, Map<String, Integer> places, String word) {
        Integer at = places.get(word);
        return at == null ? new SlotRegion(0, 0) : new SlotRegion(answer.value(at + 1), answer.value(at + 2));
    }

    private static long number(WireAnswer answer, Map<String, Integer> places, String word, long usual) {
        Integer at = places.get(word);
        return at == null ? usual : answer.value(at + 1);
    }
}
