package org.example.bitmap;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.OwnSubject;
import org.allocman.vka.Memory;

/** A bitmap, and a user who takes numbers and gives them back. */
public final class BitmapSubject extends OwnSubject {
    private static final int USUAL = 4;

    private final Bitmap bitmap;

    /** Makes the bitmap that is examined. */
    interface Maker {
        Bitmap make(Memory memory, long address, int size);
    }

    /** A bitmap of four numbers. */
    public BitmapSubject() {
        this(USUAL, Bitmap::new);
    }

    BitmapSubject(int size, Maker maker) {
        super(1, size); // of each number that is taken one word is kept, the number
        this.bitmap = maker.make(words(), STATE, size);
        action("take a number", () -> true, this::take);
        for (int i = 0; i < size; i++) {
            int row = i;
            action("give back the number in row " + i, () -> row < live().count(), () -> giveBack(row));
        }
    }

    private Outcome take() {
        int number = bitmap.take();
        if (number < 0) {
            return live().isFull()
                    ? Outcome.refused("none is free")
                    : Outcome.wrong("none is free", "refusals are true: a number is free");
        }
        for (int i = 0; i < live().count(); i++) {
            if (live().word(i, 0) == number) {
                return Outcome.wrong(number, "one owner: it was taken twice");
            }
        }
        live().add(number);
        return Outcome.DONE;
    }

    private Outcome giveBack(int row) {
        bitmap.giveBack((int) live().word(row, 0));
        live().remove(row);
        return Outcome.DONE;
    }

    @Override
    public List<String> broken() {
        return List.of(); // each answer is judged when it is given; nothing is left to be said of a state
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < live().count(); i++) {
            facts.add("number " + live().word(i, 0) + " is taken");
        }
        return facts;
    }
}
