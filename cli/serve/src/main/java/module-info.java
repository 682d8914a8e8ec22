/** Simulated machines behind the wire: a server that gives each client a machine of its own. */
module org.allocman.serve {
    requires transitive org.allocman.wire;
    requires transitive org.allocman.script;
    requires transitive org.allocman.check;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.serve;
}
