package org.example.mailbox;

import org.allocman.vka.layout.Word;

/** What the table of mailboxes looks like in memory: one word, and behind it a record of two words for each mailbox. */
final class MailboxTable {
    /** Of the table: a bit for each mailbox that nobody owns. */
    static final Word FREE = new Word("free", 0);

    /** Of a record: the owner and one, so that memory that is all zero says that nobody owns it. */
    static final Word OWNER = new Word("owner", 0);
    /** Of a record: the manager's handle of the frame. */
    static final Word FRAME = new Word("frame", 8);

    private static final int HEAD = 8;
    private static final int RECORD = 16;

    private MailboxTable() {}

    static int bytes(int mailboxes) {
        return HEAD + mailboxes * RECORD;
    }

    static long record(long table, long mailbox) {
        return table + HEAD + mailbox * RECORD;
    }
}
