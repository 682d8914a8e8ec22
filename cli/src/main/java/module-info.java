/** The command. Open as a whole: nobody requires it, and picocli and Jackson look into nearly every package. */
open module org.allocman.cli {
    requires java.xml;
    requires org.allocman.lesson;
    requires org.allocman.script;
    requires org.allocman.serve;
    requires org.allocman.wire;
    requires org.allocman.check;
    requires org.allocman.conformance;
    requires static transitive org.checkerframework.checker.qual;
    requires info.picocli;
    requires tools.jackson.core;
    requires org.allocman.view;
    requires org.allocman.web;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
    requires me.tongfei.progressbar;
    requires org.jline.reader;
    requires org.jline.terminal;

    uses org.allocman.check.action.SubjectDesign;
    uses org.allocman.cspace.CSpaceDesign;
    uses org.allocman.manager.ResourceDesign;
    uses org.allocman.untyped.UntypedDesign;
}
