package org.example.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.allocman.manager.Allocman;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.lab.kernel.FaultyKernel;
import org.junit.jupiter.api.Test;

class MailboxesTest {
    @Test
    void aMailboxHasOneOwner() {
        Mailboxes mailboxes = new Desk(kernel -> kernel).mailboxes;

        assertEquals(0, mailboxes.claimAny(7));
        assertEquals(3, mailboxes.claimAt(Desk.DEVICE + 0x3000, 7));
        assertEquals(ResourceRefusal.IN_USE.code(), mailboxes.claimAt(Desk.DEVICE + 0x3000, 8));
        assertEquals(7, mailboxes.owner(3));
        assertEquals(2, mailboxes.releaseAll(7));
        assertEquals(ResourceType.NOBODY, mailboxes.owner(3));
    }

    @Test
    void weAreAModuleAndSoIsTheManager() {
        assertEquals("org.example.mailbox", Mailboxes.class.getModule().getName());
        assertEquals("org.allocman.manager", Allocman.class.getModule().getName());
    }

    @Test
    void whatTheKernelRefusesIsNotClaimed() {
        List<FaultyKernel> faulty = new ArrayList<>();
        Desk desk = new Desk(kernel -> {
            faulty.add(new FaultyKernel(kernel));
            return faulty.get(0);
        });
        faulty.get(0).failAt(1, true);
        assertEquals(ResourceRefusal.MEMORY_REFUSED.code(), desk.mailboxes.claimAny(7));
        assertEquals(ResourceType.NOBODY, desk.mailboxes.owner(0));

        faulty.get(0).heal();
        assertEquals(0, desk.mailboxes.claimAny(7));
        assertEquals(List.of(), desk.broken());
    }
}
