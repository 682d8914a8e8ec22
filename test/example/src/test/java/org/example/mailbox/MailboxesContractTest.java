package org.example.mailbox;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lab.machine.CountingMemory;
import org.allocman.testkit.contract.ResourceTypeContract;
import org.allocman.vka.Kernel;

class MailboxesContractTest extends ResourceTypeContract {
    @Override
    protected Subject subject(int units, UnaryOperator<Kernel> wrapper) {
        Desk desk = new Desk(wrapper, units);
        CountingMemory memory = new CountingMemory(desk.machine.rootMemory());
        Mailboxes mailboxes = new Mailboxes(desk.allocman, memory, desk.table, Desk.DEVICE, units);
        desk.machine.memory().startJournal();
        return new Subject(
                mailboxes,
                desk.mailboxes,
                List.of(0, 1, 2),
                -1,
                memory::accesses,
                () -> List.of(
                        desk.machine.memory().fingerprint().high(),
                        desk.machine.memory().fingerprint().low()),
                false,
                desk::broken);
    }
}
