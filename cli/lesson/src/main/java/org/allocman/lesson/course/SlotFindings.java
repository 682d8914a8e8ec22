package org.allocman.lesson.course;

import org.allocman.qual.CPtr;

/** What a check of slots has found so far. */
final class SlotFindings extends Findings {
    private final Look look;

    SlotFindings(String lesson, Look look) {
        super(lesson);
        this.look = look;
    }

    Look look() {
        return look;
    }

    /** Adds a finding about what a slot holds. */
    void slot(@CPtr long slot, String mistake, String wanted, String idea) {
        add(mistake, "Slot " + slot + " holds " + look.thing(slot) + "; wanted is " + wanted + ".", idea);
    }
}
