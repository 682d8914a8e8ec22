/** The test kit: machines, work and invariants to test resource managers and kernels with. */
module org.allocman.testkit {
    requires transitive org.allocman.bootstrap;
    requires transitive org.allocman.sim;
    requires transitive org.allocman.uvisor;
    requires transitive org.allocman.xous;
    requires jdk.management;
    requires static transitive org.checkerframework.checker.qual;
    requires static transitive net.jqwik.api;
    requires static transitive org.junit.jupiter.api;

    exports org.allocman.testkit.action;
    exports org.allocman.testkit.arbitraries;
    exports org.allocman.testkit.chain;
    exports org.allocman.testkit.contract;
    exports org.allocman.testkit.explore;
    exports org.allocman.testkit.kernel;
    exports org.allocman.testkit.invariants;
    exports org.allocman.testkit.measure;
    exports org.allocman.testkit.machine;
    exports org.allocman.testkit.manager;
    exports org.allocman.testkit.replay;
    exports org.allocman.testkit.sweep;
    exports org.allocman.testkit.systems;
    exports org.allocman.testkit.uvisor;
    exports org.allocman.testkit.workload;
    exports org.allocman.testkit.xous;

    // JUnit calls the tests that a contract brings
    opens org.allocman.testkit.contract;
    // jqwik calls the arbitraries' providers
    opens org.allocman.testkit.arbitraries;
}
