package org.allocman.qual;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a method returns must be looked at: it may be a refusal. On a type it holds for all of its methods that return
 * something. Our own unit checker refuses a statement that drops such a result; Error Prone and SpotBugs know the annotation by
 * its simple name.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface CheckReturnValue {}
