/** Lessons: texts, machines to start from, tasks, checks of a machine's state, and worksheets. */
module org.allocman.lesson {
    requires transitive org.allocman.check;
    requires transitive org.allocman.script;
    requires static transitive org.checkerframework.checker.qual;
    requires java.compiler;

    exports org.allocman.lesson;
    exports org.allocman.lesson.answer;
    exports org.allocman.lesson.course;
    exports org.allocman.lesson.sheet;
}
