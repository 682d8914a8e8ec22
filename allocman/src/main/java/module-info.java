/** The resource manager: capability slots, book-keeping memory, the reserve, and the allocator on top of them. */
module org.allocman.manager {
    requires transitive org.allocman.untyped;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.cspace;
    exports org.allocman.mspace;
    exports org.allocman.manager;
    exports org.allocman.resource;
    exports org.allocman.uvisor;
    exports org.allocman.uvisor.block;
    exports org.allocman.uvisor.box;
    exports org.allocman.uvisor.guard;
    exports org.allocman.uvisor.heap;
    exports org.allocman.uvisor.rules;
    exports org.allocman.xous;
    exports org.allocman.xous.process;
}
