package org.allocman.vka.wrap;

import io.vavr.control.Either;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelPorts;

/** I/O ports of a {@link ForwardingKernel}. */
final class ForwardingPorts implements KernelPorts {
    private final KernelPorts kernel;
    private final InvocationHooks hooks;

    ForwardingPorts(KernelPorts kernel, InvocationHooks hooks) {
        this.kernel = kernel;
        this.hooks = hooks;
    }

    @Override
    public KernelError issue(long control, int first, int last, CapPath to) {
        return hooks.around(InvocationKind.IO_PORT_CONTROL_ISSUE, () -> kernel.issue(control, first, last, to));
    }

    @Override
    public Either<KernelError, Long> read(long range, int port, PortWidth width) {
        return hooks.aroundValue(InvocationKind.IO_PORT_IN, () -> kernel.read(range, port, width));
    }

    @Override
    public KernelError write(long range, int port, PortWidth width, long value) {
        return hooks.around(InvocationKind.IO_PORT_OUT, () -> kernel.write(range, port, width, value));
    }
}
