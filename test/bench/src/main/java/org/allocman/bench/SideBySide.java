package org.allocman.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Kernel;
import org.allocman.vka.wrap.NullKernel;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** How the works are timed; cases of one work are compared with each other and with nothing else. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx6g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class SideBySide {
    /** Which kernel carries the invocations out. */
    public enum KernelKind {
        /** The simulated kernel. */
        SIMULATED(kernel -> kernel),
        /** One that does nothing, so that the manager's own time is left. */
        IDLE(kernel -> new NullKernel(kernel.architecture()));

        private final UnaryOperator<Kernel> wrapper;

        KernelKind(UnaryOperator<Kernel> wrapper) {
            this.wrapper = wrapper;
        }

        UnaryOperator<Kernel> wrapper() {
            return wrapper;
        }
    }

    /** The design with a name. */
    static UntypedDesign design(String name) {
        UntypedDesign design = UntypedDesigns.named(name);
        if (design == null) {
            throw new IllegalArgumentException("there is no manager " + name);
        }
        return design;
    }
}
