/** The wire: kernels, memories and allocators on the other end of a connection, asked in lines of text. */
module org.allocman.wire {
    requires transitive org.allocman.vka;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.wire;
}
