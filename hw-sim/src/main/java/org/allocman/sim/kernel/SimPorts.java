package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.MessageInvocations.words;

import io.vavr.control.Either;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelPorts;

/** The I/O ports of the port: each invocation is a message. */
final class SimPorts implements KernelPorts {
    private static final int WIDTHS = PortWidth.values().length;

    private final MessageInvocations messages;
    private final int issueLabel;

    SimPorts(MessageInvocations messages, int issueLabel) {
        this.messages = messages;
        this.issueLabel = issueLabel;
    }

    @Override
    public KernelError issue(long control, int first, int last, CapPath to) {
        return messages.invoke(control, issueLabel, words(first, last, to.index(), to.depth()), to.root())
                .error();
    }

    @Override
    public Either<KernelError, Long> read(long range, int port, PortWidth width) {
        KernelReply reply = messages.invoke(range, issueLabel + 1 + width.ordinal(), words(port));
        if (reply.error().failed()) {
            return Either.left(reply.error());
        }
        // a notification or a reply, which are no ranges, take everything and return no word
        return reply.words().isEmpty()
                ? Either.left(KernelError.illegalOperation())
                : Either.right(reply.words().get(0));
    }

    @Override
    public KernelError write(long range, int port, PortWidth width, long value) {
        return messages.invoke(range, issueLabel + 1 + WIDTHS + width.ordinal(), words(port, value))
                .error();
    }
}
