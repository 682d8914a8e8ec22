package org.example.mailbox;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import org.allocman.manager.Allocman;
import org.allocman.manager.ResourceDesign;
import org.allocman.resource.ResourceType;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Memory;

/** How mailboxes are put on a manager whose board the design does not know: in a range of normal memory that is reserved. */
public record MailboxDesign() implements ResourceDesign {

    @Override
    public String name() {
        return "mailbox";
    }

    @Override
    public Either<String, ResourceType> open(Allocman allocman, Memory memory, int units) {
        if (units > Mailboxes.MOST) {
            return Either.left("there are at most " + Mailboxes.MOST + " mailboxes, not " + units);
        }
        long base = allocman.untypeds().reserve((long) units * PAGE);
        if (base < 0) {
            return Either.left("no range could be reserved: " + Refusal.text(base));
        }
        long table = allocman.memory().allocate(Mailboxes.tableBytes(units));
        if (table < 0) {
            allocman.untypeds().unreserve(base, (long) units * PAGE);
            return Either.left("there is no memory for the table: " + Refusal.text(table));
        }
        Mailboxes mailboxes = new Mailboxes(allocman, memory, table, base, units);
        mailboxes.initialise();
        return Either.right(mailboxes);
    }
}
