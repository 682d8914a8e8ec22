/** The lab: simulated machines, managers on them, work for them, wrappers around kernels, and measurements. No test library. */
module org.allocman.lab {
    requires transitive org.allocman.bootstrap;
    requires transitive org.allocman.sim;
    requires transitive org.allocman.uvisor;
    requires transitive org.allocman.xous;
    requires jdk.management;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.lab.kernel;
    exports org.allocman.lab.machine;
    exports org.allocman.lab.measure;
    exports org.allocman.lab.workload;
}
