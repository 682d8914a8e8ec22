/** Mailboxes on top of allocman; an allocator, a manager of untyped memory, one of slots, the profile of a kernel, and a system to explore, all of one's own. */
module org.example.mailbox {
    requires transitive org.allocman.manager;
    requires org.allocman.lab;
    requires transitive org.allocman.check;

    exports org.example.first;
    exports org.example.mailbox;
    exports org.example.bump;
    exports org.example.bitmap;
    exports org.example.buddy;
    exports org.example.flat;
    exports org.example.hydra;

    provides org.allocman.manager.ResourceDesign with
            org.example.mailbox.MailboxDesign;
    provides org.allocman.untyped.UntypedDesign with
            org.example.buddy.BuddyDesign;
    provides org.allocman.cspace.CSpaceDesign with
            org.example.flat.FlatDesign;
    provides org.allocman.check.action.SubjectDesign with
            org.example.bitmap.BitmapDesign,
            org.example.bitmap.ForgetfulDesign;
}
