package org.example.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.resource.ResourceRefusal;

class MailboxesProperties {
    /** A number says who does what: 0 to 2 claims a mailbox, 3 to 26 one of them gives back one of the eight. */
    @Property(tries = 100)
    void ownersAreAsAModelSays(@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 26) Integer> steps) {
        Desk desk = new Desk(kernel -> kernel);
        int[] model = new int[Desk.COUNT];
        for (int step : steps) {
            int owner = step % 3;
            if (step < 3) {
                long unit = desk.mailboxes.claimAny(owner);
                boolean isFull = Arrays.stream(model).allMatch(of -> of != 0);
                assertEquals(isFull, unit == ResourceRefusal.EXHAUSTED.code());
                assertEquals(isFull, unit < 0);
                if (unit >= 0) {
                    model[(int) unit] = owner + 1;
                }
            } else {
                int unit = step / 3 - 1;
                boolean released = desk.mailboxes.release(unit, owner) >= 0;
                assertEquals(model[unit] == owner + 1, released);
                model[unit] = released ? 0 : model[unit];
            }
            for (int unit = 0; unit < Desk.COUNT; unit++) {
                assertEquals(model[unit] - 1, desk.mailboxes.owner(unit));
            }
        }
        assertEquals(List.of(), desk.broken());
        for (int owner = 0; owner < 3; owner++) {
            desk.mailboxes.releaseAll(owner);
        }
        assertEquals(0, desk.allocman.untypeds().statistics().liveObjects());
    }
}
