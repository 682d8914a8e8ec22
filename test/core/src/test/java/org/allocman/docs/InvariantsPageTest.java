package org.allocman.docs;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.manager.AllocatorInvariants;
import org.allocman.check.manager.OperationLaws;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.check.xous.XousInvariants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of invariants names every one there is. */
class InvariantsPageTest {
    static List<Class<?>> homes() {
        return List.of(
                KernelInvariants.class,
                AllocatorInvariants.class,
                OperationLaws.class,
                XousInvariants.class,
                UvisorInvariants.class);
    }

    @ParameterizedTest
    @MethodSource("homes")
    void thePageHasEveryLaw(Class<?> home) {
        String rows = Arrays.stream(home.getFields())
                .filter(field -> field.getType() == Invariant.class)
                .map(field -> row(home, field))
                .collect(Collectors.joining());
        new GeneratedPart("invariants.md", home.getSimpleName())
                .is("| name | meaning | in code |\n|---|---|---|\n" + rows);
    }

    private static String row(Class<?> home, Field field) {
        try {
            Invariant<?> law = (Invariant<?>) field.get(null);
            return "| `" + law.name() + "` | " + law.meaning() + " | `" + home.getSimpleName() + "." + field.getName()
                    + "` |\n";
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
