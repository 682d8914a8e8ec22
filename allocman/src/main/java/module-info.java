/** The resource manager: capability slots, book-keeping memory, the reserve, and the allocator on top of them. */
module org.allocman.manager {
    requires transitive org.allocman.untyped;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.cspace;
    exports org.allocman.mspace;
    exports org.allocman.manager;
}
