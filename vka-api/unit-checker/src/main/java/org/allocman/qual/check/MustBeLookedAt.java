package org.allocman.qual.check;

import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Types;
import org.allocman.qual.CheckReturnValue;
import org.checkerframework.javacutil.ElementUtils;

/** Whether what a method returns may not be dropped: it, its class, or a method that it overrides says so. */
final class MustBeLookedAt {
    private MustBeLookedAt() {}

    static boolean is(ExecutableElement method, Types types) {
        return method.getReturnType().getKind() != TypeKind.VOID
                && Stream.concat(Stream.of(method), ElementUtils.getOverriddenMethods(method, types).stream())
                        .anyMatch(one -> isMarked(one) || isMarked(one.getEnclosingElement()));
    }

    private static boolean isMarked(Element element) {
        return element.getAnnotation(CheckReturnValue.class) != null;
    }
}
