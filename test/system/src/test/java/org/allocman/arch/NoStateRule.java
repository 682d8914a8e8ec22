package org.allocman.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * No state outside of the memory: every field is final, and of a type that cannot change. Types that cannot are primitives,
 * strings, boxes, enums, and our own types, which are under this rule themselves or are the memory and its views.
 */
final class NoStateRule extends ArchCondition<JavaClass> {
    private static final Set<String> SETTLED =
            Set.of("java.lang.String", "java.lang.Integer", "java.lang.Long", "java.lang.Boolean", "java.lang.Class");

    private final Set<String> listed;

    /**
     * Makes the rule.
     *
     * @param listed fields, as {@code package.Class.field}, that hold an array or a collection which is never changed
     */
    NoStateRule(Set<String> listed) {
        super("keep no state of their own");
        this.listed = listed;
    }

    @Override
    public void check(JavaClass owner, ConditionEvents events) {
        if (owner.isAssignableTo(Throwable.class)) {
            return;
        }
        for (JavaField field : owner.getFields()) {
            if (field.getModifiers().contains(JavaModifier.SYNTHETIC)
                    && !field.getName().startsWith("val$")) {
                continue;
            }
            String problem = problem(field);
            if (problem != null) {
                events.add(SimpleConditionEvent.violated(field, field.getFullName() + " " + problem));
            }
        }
    }

    private String problem(JavaField field) {
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
            return "is not final";
        }
        if (field.getModifiers().contains(JavaModifier.STATIC) || listed.contains(field.getFullName())) {
            return null;
        }
        JavaClass type = field.getRawType();
        boolean settled = type.isPrimitive()
                || type.isEnum()
                || SETTLED.contains(type.getName())
                || type.getPackageName().startsWith("org.allocman.");
        return settled ? null : "is a " + type.getName() + ", which can change";
    }
}
