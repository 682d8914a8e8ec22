package org.allocman.check.museum;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.allocman.check.action.PlannedFaults;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel whose invocations are counted and refused as planned, but while a rig looks at its state: what it tries then is no
 * part of the history.
 */
final class TwoWays {
    private final PlannedFaults faults;
    private final Kernel kernel;
    private boolean isLooking;

    TwoWays(Kernel behind) {
        this.faults = new PlannedFaults(behind);
        this.kernel = (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    try {
                        @Nullable Object answer = method.invoke(isLooking ? behind : faults, arguments);
                        if (answer == null) {
                            throw new IllegalStateException("no invocation of a kernel answers null");
                        }
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        Throwable cause = thrown.getCause();
                        throw cause == null ? thrown : cause;
                    }
                });
    }

    Kernel kernel() {
        return kernel;
    }

    PlannedFaults faults() {
        return faults;
    }

    void look(Runnable what) {
        isLooking = true;
        try {
            what.run();
        } finally {
            isLooking = false;
        }
    }
}
