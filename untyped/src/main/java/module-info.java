/** Untyped managers: which part of which untyped becomes which object. */
module org.allocman.untyped {
    requires transitive org.allocman.vka;
    requires transitive jdk.jfr;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.events;
    exports org.allocman.untyped;
}
