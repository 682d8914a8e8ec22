package org.allocman.qual.check;

import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.checkerframework.framework.type.AnnotatedTypeMirror;
import org.checkerframework.javacutil.TypesUtils;

/** Which types can have a unit. */
final class Numbers {
    private Numbers() {}

    /** Whether a type is {@code int}, {@code long} or one of their boxes. */
    static boolean is(AnnotatedTypeMirror type) {
        TypeMirror java = type.getUnderlyingType();
        return java.getKind() == TypeKind.INT
                || java.getKind() == TypeKind.LONG
                || TypesUtils.isDeclaredOfName(java, "java.lang.Integer")
                || TypesUtils.isDeclaredOfName(java, "java.lang.Long");
    }
}
