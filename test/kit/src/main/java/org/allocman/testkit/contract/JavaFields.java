package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;

/** Java fields of what keeps its state in memory. */
final class JavaFields {
    private JavaFields() {}

    /** Fails if a field can be assigned, or is an array or a collection of the object's own. */
    static void areFixed(Object object) {
        for (Class<?> part = object.getClass(); part != null && part != Object.class; part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                String name = part.getSimpleName() + "." + field.getName();
                assertTrue(Modifier.isFinal(field.getModifiers()), () -> name + " can be assigned");
                assertFalse(
                        !Modifier.isStatic(field.getModifiers()) && canHoldState(field.getType()),
                        () -> name + " can be changed");
            }
        }
    }

    private static boolean canHoldState(Class<?> kind) {
        return kind.isArray()
                || Collection.class.isAssignableFrom(kind)
                || Map.class.isAssignableFrom(kind)
                || kind.getName().startsWith("java.util.concurrent.");
    }
}
