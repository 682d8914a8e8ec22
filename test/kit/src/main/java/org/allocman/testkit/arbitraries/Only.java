package org.allocman.testkit.arbitraries;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Boards, memory maps, machines and kernels of some architectures only. */
@Documented
@Target({ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Only {
    /**
     * Which they are.
     *
     * @return one or more names of built-in architectures, for instance {@code riscv64}
     */
    String[] value();
}
