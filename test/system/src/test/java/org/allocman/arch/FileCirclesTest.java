package org.allocman.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No file of main code uses, by way of others, one that uses it. A nested class counts with the class it is in. */
class FileCirclesTest {
    /** Circles that are one idea: what is in a set cannot be understood, nor used, without the others. */
    private static final List<Set<String>> ALLOWED = List.of(
            // a recorder hands out what records for it: a kernel, a Vka, a listener
            Set.of(
                    "org.allocman.view.recording.RecordingGrowth",
                    "org.allocman.view.recording.RecordingKernel",
                    "org.allocman.view.recording.RecordingVka",
                    "org.allocman.view.recording.RunRecorder"),
            // default methods of an interface hand out other faces of it
            Set.of("org.allocman.vka.LeakyObjects", "org.allocman.vka.Vka", "org.allocman.vka.VkaLease"));

    @Test
    void noFileUsesItselfByWayOfOthers() {
        assertEquals(ALLOWED, circles(Code.MAIN));
    }

    @Test
    void aCircleOfFilesInOnePackageWouldBeNoticed() {
        List<Set<String>> found = circles(Code.BROKEN_ONES);
        assertEquals(
                List.of(Set.of(Code.BROKEN + ".circle.Left", Code.BROKEN + ".circle.Right")),
                found.stream()
                        .filter(circle -> circle.toString().contains(".circle."))
                        .toList());
    }

    /** Sets of files, each of which uses all others of its set, directly or not. */
    private static List<Set<String>> circles(JavaClasses classes) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass user : classes) {
            Set<String> used = uses.computeIfAbsent(file(user), name -> new TreeSet<>());
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (classes.contain(target.getFullName()) && !file(target).equals(file(user))) {
                    used.add(file(target));
                }
            }
        }
        Map<String, Set<String>> usedBy = new TreeMap<>();
        uses.forEach((user, used) -> used.forEach(
                name -> usedBy.computeIfAbsent(name, any -> new TreeSet<>()).add(user)));
        List<Set<String>> found = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (String start : uses.keySet()) {
            if (!seen.contains(start)) {
                Set<String> circle = reached(start, uses);
                circle.retainAll(reached(start, usedBy));
                seen.addAll(circle);
                if (circle.size() > 1) {
                    found.add(circle);
                }
            }
        }
        return found;
    }

    private static Set<String> reached(String start, Map<String, Set<String>> steps) {
        Set<String> reached = new TreeSet<>(Set.of(start));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (String next : steps.getOrDefault(open.remove(), Set.of())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    /** The outermost class: there is one a file. */
    private static String file(JavaClass type) {
        String name = type.getFullName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
