package org.allocman.lesson.course;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lesson.Finding;

/** What a check has found so far. */
class Findings {
    private final String lesson;
    private final List<Finding> list = new ArrayList<>();

    Findings(String lesson) {
        this.lesson = lesson;
    }

    final List<Finding> list() {
        return List.copyOf(list);
    }

    final void add(String mistake, String difference, String idea) {
        list.add(new Finding(lesson + "." + mistake, difference, idea));
    }
}
