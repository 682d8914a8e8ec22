/** Replays: what real systems did is done again, and each answer and each change compared. */
module org.allocman.conformance {
    requires transitive org.allocman.lab;
    requires transitive org.allocman.uvisor;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.conformance;
    exports org.allocman.conformance.kernel;
    exports org.allocman.conformance.uvisor;
}
