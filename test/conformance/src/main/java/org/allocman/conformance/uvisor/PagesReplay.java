package org.allocman.conformance.uvisor;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.allocman.conformance.OwnersObserver;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.ActiveBlocks;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.PageCalls;
import org.allocman.uvisor.block.PageTable;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Calls of the page allocator. */
final class PagesReplay implements RecordedPart {
    // 32-bit addresses are the recording's; what we need ourselves lies above
    private static final long ADDRESSES = 1L << 32;
    private static final long STATE = ADDRESSES;
    private static final long TABLE = 2 * ADDRESSES;
    private static final long END = 3 * ADDRESSES;
    private static final int MOST_BLOCKS = 1 << 20;

    private final Comparison comparison;
    private final OwnersObserver observer;
    private MpuKind mpu = MpuKind.ARMV7M;
    private int maxCount = 16;
    private int mapWords;
    private int boxes = 5;
    private @Nullable Pool pool;
    private long step;
    private @Nullable RecordedLine pending;

    /** A pool that has been initialised. */
    private record Pool(
            Memory memory, BlockGeometry geometry, BlockPool blocks, PageCalls calls, ActiveBlocks active) {}

    PagesReplay(Comparison comparison, OwnersObserver observer) {
        this.comparison = comparison;
        this.observer = observer;
    }

    @Override
    public boolean isComplete() {
        endStep();
        return pool != null || comparison.total() > 0;
    }

    @Override
    public String missing() {
        return "there is no INIT";
    }

    @Override
    public void line(RecordedLine line) throws RecordingException {
        switch (line.word(0)) {
            case "CONFIG" -> configure(line);
            case "INIT" -> initialise(line);
            case "S" -> state(line);
            default -> call(line);
        }
    }

    /** A step ends where the next begins, because the state behind it belongs to it. */
    private void endStep() {
        RecordedLine ending = pending;
        if (ending != null) {
            comparison.step(step, ending.text());
            pending = null;
        }
    }

    private void configure(RecordedLine line) throws RecordingException {
        endStep();
        String name = line.field("mpu");
        mpu = Arrays.stream(MpuKind.values())
                .filter(kind -> kind.text().equals(name))
                .findFirst()
                .orElseThrow(() -> line.wrong("there is no MPU called '" + name + "'"));
        maxCount = (int) within(line, "max_count", MOST_BLOCKS);
        mapWords = (int) within(line, "map_count", MOST_BLOCKS);
        boxes = (int) within(line, "max_boxes", BlockPool.MOST_BOXES);
        pool = null;
    }

    private static long within(RecordedLine line, String key, int most) throws RecordingException {
        long number = line.decimal(key);
        if (number < 1 || number > most) {
            throw line.wrong(key + " is " + number + "; it is 1 to " + most);
        }
        return number;
    }

    private void initialise(RecordedLine line) throws RecordingException {
        endStep();
        step = 0;
        pending = line;
        long size = line.decimal("page_size");
        BlockGeometry.Range range = new BlockGeometry.Range(0, ADDRESSES, line.hex("heap_start"), line.hex("heap_end"));
        Either<Halt, BlockGeometry> geometry = BlockGeometry.of(mpu, range, size, maxCount);
        if (geometry.isLeft() || line.isHalt()) {
            comparison.compare(
                    "answer",
                    line.isHalt() ? "HALT" : line.answer(),
                    geometry.isLeft() ? "HALT" : geometry.get().toString());
            pool = null;
            return;
        }
        BlockGeometry placed = geometry.get();
        compareHex(line, "start", placed.start());
        compareHex(line, "end", placed.end());
        comparison.compare("total", line.field("total"), Integer.toString(placed.count()));
        comparison.compare("shift", line.field("shift"), Integer.toString(placed.shift()));
        compareHex(line, "rounded_end", placed.roundedEnd());
        if (mapWords != 0) {
            comparison.compare("map_count", Integer.toString(mapWords), Integer.toString(placed.mapWords()));
        }
        PhysicalMemory physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, END - 1)));
        Memory memory = physical.words();
        BlockPool blocks = new BlockPool(memory, placed, BlockSource.ALWAYS_THERE, boxes, STATE);
        blocks.initialiseWhole();
        observer.blocks(physical, blocks);
        pool = new Pool(memory, placed, blocks, new PageCalls(blocks), new ActiveBlocks(blocks));
    }

    private void compareHex(RecordedLine line, String key, long ours) throws RecordingException {
        comparison.compare(key, address(line.hex(key)), address(ours));
    }

    private Pool pool(RecordedLine line) throws RecordingException {
        if (pool == null) {
            throw line.wrong("there is no pool yet, or its INIT halted");
        }
        return pool;
    }

    private void call(RecordedLine line) throws RecordingException {
        Pool at = pool(line);
        endStep();
        long number = line.decimalWord(0);
        if (number != step + 1) {
            throw line.wrong("step " + number + " comes after step " + step);
        }
        step = number;
        pending = line;
        observer.begins(line.text());
        switch (line.word(1)) {
            case "M", "F" -> line.requireResults("free");
            case "RF", "GF" -> line.requireResults("faults");
            default -> line.requireResults();
        }
        String ours = switch (line.word(1)) {
            case "M" -> malloc(at, line);
            case "F" -> free(at, line);
            case "RF" -> registerFaults(at, line);
            case "GF" -> "faults=" + at.blocks.faults((int) line.decimal("page"));
            case "CR" -> number(at.active.checkRange(box(line), line.hexWord(2), line.hexWord(3)));
            case "AR" -> activeRegion(at, line);
            case "AM" -> activeMask(at, line);
            case "IP" -> iterate(at, line, false);
            case "IM" -> iterate(at, line, true);
            default -> throw line.wrong("there is no call '" + line.word(1) + "'");
        };
        comparison.compare("answer", line.answer(), ours);
    }

    private int box(RecordedLine line) throws RecordingException {
        long box = line.decimal("box");
        if (box >= boxes) {
            throw line.wrong("box " + box + " of " + boxes);
        }
        return (int) box;
    }

    private String malloc(Pool at, RecordedLine line) throws RecordingException {
        long count = line.decimal("count");
        PageTable.BLOCK_BYTES.set(at.memory, TABLE, line.decimal("size"));
        PageTable.COUNT.set(at.memory, TABLE, count);
        PageError error = at.calls.malloc(box(line), at.memory, TABLE);
        StringBuilder ours = new StringBuilder(number(error));
        for (long i = 0; error == PageError.OK && i < count; i++) {
            ours.append(' ').append(address(PageTable.origin(at.memory, TABLE, i)));
        }
        return ours.append(" free=").append(at.blocks.available()).toString();
    }

    private String free(Pool at, RecordedLine line) throws RecordingException {
        List<String> origins = origins(line);
        long count = line.decimal("count");
        if (origins.size() != count) {
            throw line.wrong(origins.size() + " addresses for a count of " + count);
        }
        PageTable.BLOCK_BYTES.set(at.memory, TABLE, line.decimal("size"));
        PageTable.COUNT.set(at.memory, TABLE, count);
        for (int i = 0; i < origins.size(); i++) {
            PageTable.setOrigin(at.memory, TABLE, i, line.number(origins.get(i), 16, "address " + (i + 1)));
        }
        PageError error = at.calls.free(box(line), at.memory, TABLE);
        return number(error) + " free=" + at.blocks.available();
    }

    private static List<String> origins(RecordedLine line) throws RecordingException {
        List<String> words = line.words().subList(2, line.words().size());
        String joined = String.join(" ", words).trim();
        if (!joined.startsWith("[") || !joined.endsWith("]")) {
            throw line.wrong("the addresses are not in brackets");
        }
        String inner = joined.substring(1, joined.length() - 1).trim();
        return inner.isEmpty() ? List.of() : List.of(inner.split("\\s+"));
    }

    private static String registerFaults(Pool at, RecordedLine line) throws RecordingException {
        int page = (int) line.decimal("page");
        long times = line.decimal("times");
        if (times > MOST_BLOCKS) {
            throw line.wrong("times is " + times + ", which is more than anybody counts");
        }
        for (long i = 0; i < times; i++) {
            at.blocks.registerFault(page);
        }
        return "faults=" + at.blocks.faults(page);
    }

    private String activeRegion(Pool at, RecordedLine line) throws RecordingException {
        long address = line.hexWord(2);
        PageError error = at.active.check(box(line), address);
        if (error != PageError.OK) {
            return number(error);
        }
        int block = at.geometry.blockAt(address);
        long start = at.geometry.addressOf(block);
        return "0 " + address(start) + " " + address(start + at.geometry.blockBytes()) + " page=" + block;
    }

    private String activeMask(Pool at, RecordedLine line) throws RecordingException {
        long address = line.hexWord(2);
        PageError error = at.active.check(box(line), address);
        if (error != PageError.OK) {
            return number(error);
        }
        int block = at.geometry.blockAt(address);
        int octet = at.geometry.octetOf(block);
        return String.format("0 mask=%02x index=%d page=%d", at.active.mask(box(line), octet), octet, block);
    }

    private String iterate(Pool at, RecordedLine line, boolean masks) throws RecordingException {
        int box = box(line);
        boolean forward = !line.field("dir").startsWith("-");
        long stop = line.decimal("stop");
        List<String> items = new ArrayList<>();
        int calls;
        int count;
        if (masks) {
            calls = at.active.forEachMask(box, forward, (mask, index) -> {
                items.add(String.format("%02x@%d", mask, index));
                return items.size() != stop;
            });
            count = at.active.forEachMask(box, forward, (mask, index) -> true);
        } else {
            calls = at.active.forEachBlock(box, forward, (start, end, index) -> {
                items.add(address(start) + "-" + address(end) + "#" + index);
                return items.size() != stop;
            });
            count = at.active.forEachBlock(box, forward, (start, end, index) -> true);
        }
        return (calls + " count=" + count + " " + String.join(" ", items)).trim();
    }

    private void state(RecordedLine line) throws RecordingException {
        Pool at = pool(line);
        if (pending == null || line.decimalWord(1) != step) {
            throw line.wrong("the state of a step that is not the one before");
        }
        comparison.compare("free", line.field("free"), Long.toString(at.blocks.available()));
        String usage = line.text().substring(line.text().indexOf("usage=") + "usage=".length());
        comparison.compare("usage", usage.replaceAll("[^0-9a-fA-F]", ""), usage(at));
    }

    private static String usage(Pool at) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < at.geometry.mapWords(); word++) {
            int bits = 0;
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                int block = word * Integer.SIZE + bit - at.geometry.shift();
                if (block >= 0 && block < at.geometry.count() && !at.blocks.isFree(block)) {
                    bits |= 1 << bit;
                }
            }
            words.append(String.format("%08x", bits));
        }
        return words.toString();
    }

    private static String number(PageError error) {
        return Integer.toString(error.number());
    }

    private static String address(long address) {
        return String.format("%08x", address);
    }
}
