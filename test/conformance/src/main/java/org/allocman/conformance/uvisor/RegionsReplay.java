package org.allocman.conformance.uvisor;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.allocman.sim.boot.RecordingException;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;

/** Placements of boxes. A scenario is replayed when its last box has been read, because the order depends on all of them. */
final class RegionsReplay implements RecordedPart {
    private static final long ADDRESSES = 1L << 32;

    private final Comparison comparison;
    private final List<RecordedLine> recorded = new ArrayList<>();
    private long number;
    private long start;
    private int boxes = 1;
    private String order = "";
    private String text = "";
    private boolean isOpen;

    RegionsReplay(Comparison comparison) {
        this.comparison = comparison;
    }

    @Override
    public boolean isComplete() throws RecordingException {
        endHalted();
        return !isOpen;
    }

    @Override
    public String missing() {
        return "scenario " + number + " has " + recorded.size() + " of " + (boxes - 1) + " boxes";
    }

    @Override
    public void line(RecordedLine line) throws RecordingException {
        if (line.word(0).equals("SCENARIO")) {
            endHalted();
            if (isOpen) {
                throw line.wrong(missing());
            }
            begin(line);
        } else if (line.word(0).equals("BOX") && isOpen) {
            recorded.add(line);
        } else {
            throw line.wrong("neither a scenario nor one of its boxes");
        }
        if (isOpen && recorded.size() == boxes - 1) {
            isOpen = false;
            replay();
        }
    }

    /** After a HALT the boxes that would have followed are not in the recording. */
    private void endHalted() throws RecordingException {
        if (isOpen && !recorded.isEmpty() && recorded.get(recorded.size() - 1).isHalt()) {
            isOpen = false;
            replay();
        }
    }

    private void begin(RecordedLine line) throws RecordingException {
        number = line.decimalWord(1);
        start = line.hex("start");
        boxes = (int) line.decimal("boxes");
        order = line.field("order");
        text = line.text();
        if (boxes < 1 || boxes > BoxPlacement.MOST_BOXES) {
            throw line.wrong("boxes is " + boxes + "; it is 1 to " + BoxPlacement.MOST_BOXES);
        }
        recorded.clear();
        isOpen = true;
    }

    private void replay() throws RecordingException {
        List<BoxConfig> configs = new ArrayList<>();
        for (int box = 0; box < boxes; box++) {
            configs.add(new BoxConfig(Integer.toString(box), BoxSizes.of(0, 0)));
        }
        Set<Long> seen = new HashSet<>();
        for (RecordedLine line : recorded) {
            if (!line.isHalt()) {
                line.requireResults("region", "size", "bss", "sp", "srd", "next");
            }
            long id = line.decimal("id");
            if (id < 1 || id >= boxes || !seen.add(id)) {
                throw line.wrong("box " + id + " cannot be, or comes twice");
            }
            BoxSizes sizes = BoxSizes.of(line.decimal("stack"), line.decimal("bss"));
            configs.set((int) id, new BoxConfig(Long.toString(id), sizes));
        }
        if (recorded.size() == boxes - 1) {
            comparison.compare("order", order, order(configs));
        }
        comparison.step(number, text);
        place(configs);
    }

    private String order(List<BoxConfig> configs) {
        return BoxPlacement.order(MpuKind.ARMV7M, configs, start).stream()
                .map(Object::toString)
                .collect(Collectors.joining(","));
    }

    /** Places the boxes in the recorded order, so that one difference does not become many. */
    private void place(List<BoxConfig> configs) throws RecordingException {
        long at = start;
        for (RecordedLine line : recorded) {
            int id = (int) line.decimal("id");
            Either<Halt, BoxRegion> placed = BoxPlacement.next(MpuKind.ARMV7M, id, configs.get(id), at);
            if (placed.isLeft() || line.isHalt()) {
                comparison.compare(
                        "answer",
                        line.isHalt() ? "HALT" : line.answer(),
                        placed.isLeft() ? "HALT" : text(placed.get()));
            } else {
                comparison.compare("answer", line.answer(), text(placed.get()));
                at = placed.get().next();
            }
            comparison.step(number, line.text());
        }
        if (at > ADDRESSES) {
            throw new RecordingException(0, "scenario " + number + " goes beyond 32 bits");
        }
    }

    private static String text(BoxRegion region) {
        return String.format(
                "region=%08x size=%d bss=%08x sp=%08x srd=%02x next=%08x",
                region.base(), region.bytes(), region.data(), region.stackPointer(), region.disabled(), region.next());
    }
}
