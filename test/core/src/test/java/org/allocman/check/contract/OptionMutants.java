package org.allocman.check.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.BootSlots;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;

/** Kernels with a mistake each in what not all architectures have: I/O ports, MCS. */
final class OptionMutants {
    private OptionMutants() {}

    /** Mistakes with I/O ports, by what is wrong. */
    static Map<String, Function<Machine, Kernel>> ports() {
        Map<String, Function<Machine, Kernel>> all = new LinkedHashMap<>();
        all.put(
                "a port is given out twice",
                forgets(InvocationKind.IO_PORT_CONTROL_ISSUE, KernelError.Code.REVOKE_FIRST));
        all.put(
                "a range that ends before it begins",
                forgets(InvocationKind.IO_PORT_CONTROL_ISSUE, KernelError.Code.INVALID_ARGUMENT));
        all.put("any port is written", forgets(InvocationKind.IO_PORT_OUT, KernelError.Code.ILLEGAL_OPERATION));
        all.put("ranges outlive a revoke", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError revoke(long root, long index, int depth) {
                return index == BootSlots.IO_PORT_CONTROL ? KernelError.NO_ERROR : super.revoke(root, index, depth);
            }
        });
        return all;
    }

    /** Mistakes with scheduling contexts, by what is wrong. */
    static Map<String, Function<Machine, Kernel>> contexts() {
        Map<String, Function<Machine, Kernel>> all = new LinkedHashMap<>();
        all.put("any budget", forgets(InvocationKind.SCHED_CONTROL_CONFIGURE, KernelError.Code.RANGE_ERROR));
        all.put(
                "a thread is given time as a context",
                forgets(InvocationKind.SCHED_CONTROL_CONFIGURE, KernelError.Code.INVALID_CAPABILITY));
        all.put(
                "a context of two threads",
                forgets(InvocationKind.SCHED_CONTEXT_BIND, KernelError.Code.ILLEGAL_OPERATION));
        all.put(
                "the thread that runs loses its time",
                forgets(InvocationKind.SCHED_CONTEXT_UNBIND, KernelError.Code.ILLEGAL_OPERATION));
        all.put("unbinding does nothing", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            protected KernelError refuse(InvocationKind invocation) {
                return invocation == InvocationKind.SCHED_CONTEXT_UNBIND ? KernelError.NO_ERROR : null;
            }
        });
        return all;
    }

    private static Function<Machine, Kernel> forgets(InvocationKind kind, KernelError.Code code) {
        return machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            protected KernelError answered(InvocationKind invocation, KernelError error) {
                return invocation == kind && error.code() == code ? KernelError.NO_ERROR : error;
            }
        };
    }
}
