/** Mailboxes on top of allocman; and an allocator, a manager of untyped memory and one of slots, all of one's own. */
module org.example.mailbox {
    requires transitive org.allocman.manager;

    exports org.example.mailbox;
    exports org.example.bump;
    exports org.example.buddy;
    exports org.example.flat;
}
