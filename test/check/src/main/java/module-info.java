/** Invariants of kernels, managers and what stands on them, and an explorer that checks them in every state. */
module org.allocman.check {
    requires transitive org.allocman.lab;
    requires transitive org.allocman.uvisor;
    requires transitive org.allocman.wire;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.check.action;
    exports org.allocman.check.contract;
    exports org.allocman.check.explore;
    exports org.allocman.check.invariants;
    exports org.allocman.check.manager;
    exports org.allocman.check.museum;
    exports org.allocman.check.resource;
    exports org.allocman.check.sweep;
    exports org.allocman.check.systems;
    exports org.allocman.check.uvisor;
    exports org.allocman.check.xous;
}
