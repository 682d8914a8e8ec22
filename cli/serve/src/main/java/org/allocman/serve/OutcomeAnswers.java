package org.allocman.serve;

import org.allocman.script.Binding;
import org.allocman.script.LineOutcome;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.wire.WireAnswer;
import org.allocman.wire.WireError;
import org.allocman.wire.WireNumbers;

/** What came of a line of a script, as an answer. */
final class OutcomeAnswers {
    private OutcomeAnswers() {}

    static WireAnswer of(LineOutcome outcome) {
        return switch (outcome.kind()) {
            case DONE -> done(outcome);
            case REFUSED -> refused(outcome);
            case MISTAKE -> WireAnswer.error(WireError.MISTAKE, outcome.message());
        };
    }

    private static WireAnswer done(LineOutcome outcome) {
        Binding result = outcome.result();
        if (result instanceof Binding.Number number) {
            return WireAnswer.ok(outcome.message(), WireNumbers.text(number.number()));
        }
        if (result instanceof Binding.Allocated allocated) {
            VkaObject object = allocated.object();
            return WireAnswer.ok(
                    outcome.message(),
                    WireNumbers.text(object.sizeBits()),
                    WireNumbers.text(object.cptr()),
                    WireNumbers.text(object.handle()));
        }
        if (result instanceof Binding.Taken taken) {
            CapPath path = taken.path();
            return WireAnswer.ok(
                    outcome.message(),
                    WireNumbers.text(path.root()),
                    WireNumbers.text(path.index()),
                    WireNumbers.text(path.depth()));
        }
        return WireAnswer.ok(outcome.message());
    }

    private static WireAnswer refused(LineOutcome outcome) {
        VkaError manager = outcome.vkaError();
        if (manager != null) {
            return WireAnswer.of(manager);
        }
        KernelError kernel = outcome.kernelError();
        if (kernel != null) {
            return WireAnswer.of(kernel);
        }
        MemoryFault fault = outcome.fault();
        return fault != null ? WireAnswer.of(fault) : WireAnswer.error(WireError.MISTAKE, outcome.message());
    }
}
