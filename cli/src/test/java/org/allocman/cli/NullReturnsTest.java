package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.allocman.check.action.SubjectDesign;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.manager.ResourceDesign;
import org.allocman.resource.ResourceType;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedManager;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A class of a jar for {@code --with} of which one method returns null: for each method of each interface that may not. */
class NullReturnsTest {
    private static final String ARENA = "org.allocman.untyped.UntypedDesigns.ALL.get(0)";
    private static final String TWO_LEVEL =
            "org.allocman.cspace.CSpaceDesigns.ALL.stream().filter(d -> d.hasSecondLevel()).findFirst().get()";
    private static final String EXHIBIT = "org.allocman.check.museum.Museum.find(\"museum:B2\")";
    private static final String PAGES = "org.allocman.check.resource.ResourceDesigns.XOUS_PAGES";

    @TempDir
    private static Path folder;

    private static List<Method> mayNotBeNull(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getReturnType().isPrimitive())
                .filter(method -> !method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class))
                .toList();
    }

    /** A body of a class that behaves as another object but for one method, which returns null. */
    private static String body(Class<?> type, String that, String method, String result) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(one -> Modifier.isPublic(one.getModifiers()) && !Modifier.isStatic(one.getModifiers()))
                .map(one -> "public " + one.getGenericReturnType().getTypeName().replace('$', '.') + " " + one.getName()
                        + "("
                        + IntStream.range(0, one.getParameterCount())
                                .mapToObj(i -> one.getGenericParameterTypes()[i].getTypeName() + " a" + i)
                                .collect(Collectors.joining(", "))
                        + ") "
                        + Arrays.stream(one.getExceptionTypes())
                                .map(thrown -> "throws " + thrown.getName())
                                .findFirst()
                                .orElse("")
                        + " { "
                        + (one.getName().equals(method)
                                ? result
                                : (one.getReturnType() == void.class ? "" : "return ") + that + "." + one.getName()
                                        + "("
                                        + IntStream.range(0, one.getParameterCount())
                                                .mapToObj(i -> "a" + i)
                                                .collect(Collectors.joining(", "))
                                        + ");")
                        + " }\n")
                .collect(Collectors.joining())
                .replace("return " + that + ".name();", "return \"nil\";")
                .replaceAll("return [^;]*\\.fittedTo\\([^;]*;", "return this;");
    }

    /** The design itself. */
    private static String design(Class<?> type, String name, String that, String method) {
        return "package mine; public class " + name + " implements " + type.getName() + " {\n"
                + body(type, that, method, "return null;")
                + "}\n";
    }

    /** A design that makes an object of another interface. */
    private static String maker(Class<?> type, String name, String that, Class<?> made, String method) {
        String parameters = IntStream.range(0, type == UntypedDesign.class ? 6 : 3)
                .mapToObj(i -> "a" + i)
                .collect(Collectors.joining(", "));
        String inner = that + ".open(" + parameters + ")" + (made == ResourceType.class ? ".get()" : "");
        String wrapped = "new Inner(" + inner + ")";
        String opened = "return "
                + (made == ResourceType.class ? "io.vavr.control.Either.right(" + wrapped + ")" : wrapped) + ";";
        return "package mine; public class " + name + " implements " + type.getName() + " {\n"
                + body(type, that, "open", opened)
                + "static class Inner implements " + made.getName() + " {\n final " + made.getName() + " that; Inner("
                + made.getName() + " that) { this.that = that; }\n"
                + body(made, "that", method, "return null;") + "}\n}\n";
    }

    private static DynamicTest test(Class<?> service, String name, String source, String said, String... arguments) {
        return DynamicTest.dynamicTest(said, () -> {
            String jar = new JarMaker(folder)
                    .provider(name, source, service.getName())
                    .toString();
            List<String> line = new ArrayList<>(List.of(arguments));
            line.addAll(List.of("--with", jar));
            Run run = Run.of(line.toArray(String[]::new));
            assertEquals(2, run.code(), () -> run.err() + run.out());
            assertTrue(
                    run.err().endsWith(name + ".jar: mine." + said + " returns null, which it must not\n"), run.err());
        });
    }

    private static final String[] SWEEP = {
        "sweep",
        "--manager",
        "nil",
        "--board",
        "tiny",
        "--cspace",
        "current",
        "--objects",
        "20",
        "--seeds",
        "1",
        "--rounds",
        "2"
    };
    private static final String[] EXPLORE = {"explore", "--system", "allocman", "--manager", "nil", "--depth", "1"};
    private static final String[] BOOT_TWO_LEVEL = {
        "boot", "--cspace", "2:7:7", "--cspace-design", "nil", "--board", "tiny", "--objects", "20"
    };

    private static String[] resource() {
        return new String[] {
            "resource",
            "--resource",
            "nil",
            "--quiet",
            "--html",
            folder.resolve("page.html").toString()
        };
    }

    @TestFactory
    Stream<DynamicTest> eachMethodIsNamed() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Method method : mayNotBeNull(UntypedDesign.class)) {
            String name = "M" + tests.size();
            String source = design(UntypedDesign.class, name, ARENA, method.getName());
            tests.add(test(UntypedDesign.class, name, source, name + "." + method.getName(), SWEEP));
        }
        for (Method method : mayNotBeNull(UntypedManager.class)) {
            String name = "U" + tests.size();
            String source = maker(UntypedDesign.class, name, ARENA, UntypedManager.class, method.getName());
            tests.add(test(
                    UntypedDesign.class,
                    name,
                    source,
                    name + "$Inner." + method.getName(),
                    "recordsInUse".equals(method.getName()) ? EXPLORE : SWEEP));
        }
        for (Method method : mayNotBeNull(CSpaceDesign.class)) {
            String name = "C" + tests.size();
            String source = design(CSpaceDesign.class, name, TWO_LEVEL, method.getName());
            tests.add(test(CSpaceDesign.class, name, source, name + "." + method.getName(), BOOT_TWO_LEVEL));
        }
        for (Method method : mayNotBeNull(SubjectDesign.class)) {
            String name = "S" + tests.size();
            String source = design(SubjectDesign.class, name, EXHIBIT, method.getName());
            tests.add(test(
                    SubjectDesign.class, name, source, name + "." + method.getName(), "explore", "--system", "nil"));
        }
        for (Method method : mayNotBeNull(ResourceDesign.class)) {
            String name = "R" + tests.size();
            String source = design(ResourceDesign.class, name, PAGES, method.getName());
            tests.add(test(ResourceDesign.class, name, source, name + "." + method.getName(), resource()));
        }
        for (Method method : mayNotBeNull(ResourceType.class)) {
            String name = "T" + tests.size();
            String source = maker(ResourceDesign.class, name, PAGES, ResourceType.class, method.getName());
            tests.add(test(ResourceDesign.class, name, source, name + "$Inner." + method.getName(), resource()));
        }
        return tests.stream();
    }

    /** Wrapped objects say what the jar's own would say. */
    @TestFactory
    Stream<DynamicTest> aNullInsideIsNamedToo() {
        String list = "package mine; public class Holes implements " + UntypedDesign.class.getName() + " {\n"
                + body(
                        UntypedDesign.class,
                        ARENA,
                        "records",
                        "return java.util.Arrays.asList((org.allocman.untyped.RecordKind) null);")
                + "}\n";
        String either = "package mine; public class Right implements " + ResourceDesign.class.getName() + " {\n"
                + body(ResourceDesign.class, PAGES, "open", "return " + Either.class.getName() + ".right(null);")
                + "}\n";
        return Stream.of(
                DynamicTest.dynamicTest(
                        "list",
                        () -> assertTrue(said(UntypedDesign.class, "Holes", list, SWEEP)
                                .contains("mine.Holes.records returns a list with null in it"))),
                DynamicTest.dynamicTest(
                        "either",
                        () -> assertTrue(said(ResourceDesign.class, "Right", either, resource())
                                .contains("mine.Right.open returns an Either of null"))));
    }

    private static String said(Class<?> service, String name, String source, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of(
                "--with",
                new JarMaker(folder).provider(name, source, service.getName()).toString()));
        Run run = Run.of(line.toArray(String[]::new));
        assertEquals(2, run.code(), () -> run.err() + run.out());
        return run.err();
    }
}
