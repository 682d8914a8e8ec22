/** Mailboxes on top of allocman, and an allocator of one's own. */
module org.example.mailbox {
    requires transitive org.allocman.manager;

    exports org.example.mailbox;
    exports org.example.bump;
}
