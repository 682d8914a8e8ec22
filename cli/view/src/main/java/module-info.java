/** Pictures of a machine: a run is recorded step by step, and written as one page that can be stepped through. */
module org.allocman.view {
    requires org.allocman.script;
    requires transitive org.allocman.check;
    requires static transitive org.checkerframework.checker.qual;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports org.allocman.view.export;
    exports org.allocman.view.recording;
    exports org.allocman.view.page;

    opens org.allocman.view.export to
            tools.jackson.databind;
    opens org.allocman.view.recording to
            tools.jackson.databind;
}
