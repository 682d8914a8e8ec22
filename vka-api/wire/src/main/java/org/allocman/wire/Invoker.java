package org.allocman.wire;

import java.util.function.Function;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;

/** Has an invocation carried out that is there as a line and as a call. */
@FunctionalInterface
interface Invoker<T> {
    T apply(InvocationKind invocation, String line, Function<Kernel, T> call);
}
