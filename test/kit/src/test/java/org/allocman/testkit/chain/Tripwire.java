package org.allocman.testkit.chain;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.OwnSubject;

/**
 * A subject with a bug three steps away, and many ways around it: whoever trips with the switch on and something in hand breaks it.
 * The switch is toggled, so that in a long history two steps have to be dropped at once.
 */
public final class Tripwire extends OwnSubject {
    static final List<String> RULES = List.of("never: tripped with the switch on and something in hand");

    /** A tripwire with the switch off. */
    public Tripwire() {
        super(1, 4);
        action("take something", () -> !live().isFull(), () -> {
            live().add(live().count() + 1L);
            return Outcome.DONE;
        });
        for (int i = 0; i < 4; i++) {
            int number = i;
            action("put down " + i, () -> number < live().count(), () -> {
                live().remove(number);
                return Outcome.DONE;
            });
        }
        action("toggle the switch", () -> true, () -> {
            words().store64(STATE, 0, 1 - words().load64(STATE, 0));
            return Outcome.DONE;
        });
        action("ask for nothing", () -> true, () -> Outcome.refused("there is none"));
        action("trip", () -> true, () -> {
            boolean broken = words().load64(STATE, 0) == 1 && live().count() > 0;
            words().store64(STATE, 8, broken ? 1 : 0);
            return broken ? Outcome.DONE : Outcome.refused("nothing happens");
        });
    }

    @Override
    public boolean isRefusalClean() {
        return false;
    }

    @Override
    public List<String> broken() {
        return words().load64(STATE, 8) == 0 ? List.of() : RULES;
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        facts.add("in hand: " + live().count());
        facts.add("switch: " + words().load64(STATE, 0));
        return facts;
    }
}
