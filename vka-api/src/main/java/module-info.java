/** The ports and the vocabulary: what a kernel, a memory and an allocator are, and the names of what they exchange. */
module org.allocman.vka {
    requires transitive org.allocman.qual;
    requires transitive io.vavr;
    requires static transitive org.checkerframework.checker.qual;
    requires static transitive org.jspecify;

    exports org.allocman.resource;
    exports org.allocman.vka;
    exports org.allocman.vka.args;
    exports org.allocman.vka.layout;
    exports org.allocman.vka.task;
    exports org.allocman.vka.vspace;
    exports org.allocman.vka.wrap;
}
