/** Invocations and allocations as lines of text, carried out on a machine. */
module org.allocman.script {
    requires transitive org.allocman.sim;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.script;
}
