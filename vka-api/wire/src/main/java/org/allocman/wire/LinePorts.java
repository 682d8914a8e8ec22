package org.allocman.wire;

import io.vavr.control.Either;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelPorts;

/** The invocations about I/O ports as lines. */
final class LinePorts implements KernelPorts {
    private final Invoker<KernelError> invoke;
    private final Invoker<Either<KernelError, Long>> ask;

    LinePorts(Invoker<KernelError> invoke, Invoker<Either<KernelError, Long>> ask) {
        this.invoke = invoke;
        this.ask = ask;
    }

    @Override
    public KernelError issue(long control, int first, int last, CapPath to) {
        return invoke.apply(
                InvocationKind.IO_PORT_CONTROL_ISSUE,
                InvocationLines.ports(control, first, last, to),
                kernel -> kernel.ports().issue(control, first, last, to));
    }

    @Override
    public Either<KernelError, Long> read(long range, int port, PortWidth width) {
        return ask.apply(
                InvocationKind.IO_PORT_IN,
                InvocationLines.portIn(range, port, width),
                kernel -> kernel.ports().read(range, port, width));
    }

    @Override
    public KernelError write(long range, int port, PortWidth width, long value) {
        return invoke.apply(
                InvocationKind.IO_PORT_OUT,
                InvocationLines.portOut(range, port, width, value),
                kernel -> kernel.ports().write(range, port, width, value));
    }
}
