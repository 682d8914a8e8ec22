/** The memory of Xous on a resource manager: the owners of pages, processes, threads, heaps and lending. */
module org.allocman.xous {
    requires transitive org.allocman.manager;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.xous;
    exports org.allocman.xous.process;
}
