/** The command. */
module org.allocman.cli {
    requires org.allocman.lesson;
    requires org.allocman.script;
    requires org.allocman.testkit;
    requires static transitive org.checkerframework.checker.qual;
    requires info.picocli;
    requires tools.jackson.core;
    requires org.allocman.view;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
    requires me.tongfei.progressbar;
    requires org.jline.reader;
    requires org.jline.terminal;

    opens org.allocman.cli to
            info.picocli;
    opens org.allocman.cli.boards to
            info.picocli,
            tools.jackson.databind;
    opens org.allocman.cli.boot to
            info.picocli,
            tools.jackson.databind;
    opens org.allocman.cli.completion to
            info.picocli;
    opens org.allocman.cli.explore to
            info.picocli,
            tools.jackson.databind;
    opens org.allocman.cli.export to
            info.picocli;
    opens org.allocman.cli.frame to
            info.picocli;
    opens org.allocman.cli.lesson to
            info.picocli,
            tools.jackson.databind;
    opens org.allocman.cli.machine to
            info.picocli,
            tools.jackson.databind;
    opens org.allocman.cli.measure to
            info.picocli;
    opens org.allocman.cli.page to
            info.picocli;
    opens org.allocman.cli.plan to
            info.picocli,
            tools.jackson.databind;
    opens org.allocman.cli.replay to
            info.picocli,
            tools.jackson.databind;
    opens org.allocman.cli.shell to
            info.picocli;
    opens org.allocman.cli.sweep to
            info.picocli;
    opens org.allocman.cli.uvisor to
            info.picocli,
            tools.jackson.databind;
    opens org.allocman.cli.xous to
            info.picocli,
            tools.jackson.databind;
}
