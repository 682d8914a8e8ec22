/** The test kit: contracts, arbitraries and chains to test resource managers and kernels with, for JUnit and jqwik. */
module org.allocman.testkit {
    requires transitive org.allocman.check;
    requires jdk.management;
    requires static transitive org.checkerframework.checker.qual;
    requires static transitive net.jqwik.api;
    requires static transitive org.junit.jupiter.api;

    exports org.allocman.testkit.arbitraries;
    exports org.allocman.testkit.chain;
    exports org.allocman.testkit.contract;

    // JUnit calls the tests that a contract brings
    opens org.allocman.testkit.contract;
    // jqwik calls the arbitraries' providers
    opens org.allocman.testkit.arbitraries;

    // jqwik asks it how samples are shown
    provides net.jqwik.api.SampleReportingFormat with
            org.allocman.testkit.arbitraries.SampleText;
}
