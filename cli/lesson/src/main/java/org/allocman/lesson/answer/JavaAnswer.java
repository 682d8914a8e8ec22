package org.allocman.lesson.answer;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Solution;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A program that has been compiled: the one class of it that solves a lesson's task. */
final class JavaAnswer {
    private final Class<?> solution;
    private final Set<String> classes;
    private final String source;

    private JavaAnswer(Class<?> solution, Set<String> classes, String source) {
        this.solution = solution;
        this.classes = classes;
        this.source = source;
    }

    /** A program, or why it is none. */
    record Read(@Nullable JavaAnswer answer, List<String> problems) {}

    static Read read(Lesson<?> lesson, String fileName, String text) {
        JavaCompiler.Result compiled = JavaCompiler.compile(fileName, text);
        if (!compiled.errors().isEmpty()) {
            return new Read(null, compiled.errors());
        }
        Map<String, byte[]> classes = compiled.classes();
        ClassLoader parent = Solution.class.getClassLoader();
        AnswerLoader loader = new AnswerLoader(classes, parent == null ? ClassLoader.getSystemClassLoader() : parent);
        List<Class<?>> solutions = new ArrayList<>();
        try {
            for (String name : classes.keySet()) {
                Class<?> type = Class.forName(name, false, loader);
                if (Solution.class.isAssignableFrom(type)
                        && !Modifier.isAbstract(type.getModifiers())
                        && !type.isAnonymousClass()) {
                    solutions.add(type);
                }
            }
        } catch (ClassNotFoundException | LinkageError broken) {
            return problem(fileName + ": the classes do not load: " + broken.getMessage());
        }
        String wanted = "Solution<" + lesson.desk().getSimpleName() + ">";
        if (solutions.size() != 1) {
            return problem(fileName + ": "
                    + (solutions.isEmpty() ? "no class implements " : "more than one class implements ") + wanted);
        }
        Class<?> solution = solutions.get(0);
        Class<?> desk = deskOf(solution);
        if (desk != null && !desk.isAssignableFrom(lesson.desk())) {
            return problem(fileName + ": " + solution.getSimpleName() + " implements Solution<" + desk.getSimpleName()
                    + ">; this lesson is solved by " + wanted);
        }
        boolean isMakable = java.util.Arrays.stream(solution.getDeclaredConstructors())
                .anyMatch(constructor -> constructor.getParameterCount() == 0);
        if (!isMakable) {
            return problem(fileName + ": " + solution.getSimpleName()
                    + " needs a constructor that takes nothing, and must not be an inner class");
        }
        Set<String> names = new TreeSet<>();
        names.addAll(classes.keySet());
        return new Read(new JavaAnswer(solution, names, text), List.of());
    }

    private static Read problem(String text) {
        return new Read(null, List.of(text));
    }

    /** What the class says its desk is; null if it does not say it itself. */
    private static @Nullable Class<?> deskOf(Class<?> solution) {
        for (Type type : solution.getGenericInterfaces()) {
            if (type instanceof ParameterizedType parameterized
                    && parameterized.getRawType() == Solution.class
                    && parameterized.getActualTypeArguments()[0] instanceof Class<?> desk) {
                return desk;
            }
        }
        return null;
    }

    @SuppressWarnings(
            "unchecked") // its own declaration was compared with the lesson's, and a lie shows as an exception
    <D> void solve(D desk) throws Exception {
        Constructor<?> constructor = solution.getDeclaredConstructor();
        constructor.setAccessible(true);
        try {
            ((Solution<D>) constructor.newInstance()).solve(desk);
        } catch (java.lang.reflect.InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof Exception exception ? exception : thrown;
        }
    }

    /** What it died of, in its own lines. */
    List<String> explain(Throwable failure) {
        return AnswerLines.of(failure, classes, source);
    }
}
