/** From what the kernel leaves the root task with to a running resource manager. */
module org.allocman.bootstrap {
    requires transitive org.allocman.manager;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.bootstrap;
    exports org.allocman.child;
    exports org.allocman.plan;
}
