/** A machine that is worked with line by line in a page. */
module org.allocman.web {
    requires transitive org.allocman.view;
    requires transitive org.allocman.script;
    requires transitive org.allocman.lab;
    requires static transitive org.checkerframework.checker.qual;
    requires static teavm.extension.spi;
    requires static org.teavm.jso;

    exports org.allocman.web;
}
