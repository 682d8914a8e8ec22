/** Type qualifiers of allocman, for the Checker Framework's Subtyping Checker. */
module org.allocman.qual {
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.qual;
}
