package org.allocman.qual;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.checkerframework.framework.qual.SubtypeOf;

/** The bottom of the hierarchy: the type of values that fit every unit, such as an unreachable value. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE, ElementType.TYPE_PARAMETER})
@SubtypeOf({PhysAddr.class, VirtAddr.class, CPtr.class, SizeBits.class, Bytes.class})
public @interface UnitBottom {}
