package org.allocman.cli.replay;

import java.util.List;
import org.allocman.cli.replay.InvocationReplay.Replay;
import org.allocman.conformance.AllocmanReplay;
import org.allocman.conformance.XousReplay;
import org.allocman.conformance.kernel.KernelReplay;
import org.allocman.conformance.uvisor.UvisorReplay;

/**
 * A kind of recorded steps that can be replayed.
 *
 * @param name of the subcommand
 * @param title what is replayed, a sentence
 * @param detail what is compared, a sentence or two
 * @param replay what reads the recording
 */
record RecordingKind(String name, String title, String detail, Replay replay) {
    /** All kinds, in the order of the help. */
    static final List<RecordingKind> ALL = List.of(
            new RecordingKind(
                    "kernel",
                    "Replay the invocations of a real kernel.",
                    "Performs every step and compares the answer, every slot that changed, and the derivation list.",
                    KernelReplay::run),
            new RecordingKind(
                    "paging",
                    "Replay what a real kernel did with address spaces.",
                    "Performs every step and compares the answer, every slot that changed, and every entry of page tables "
                            + "and ASID pools.",
                    KernelReplay::run),
            new RecordingKind(
                    "allocman",
                    "Replay a history of libsel4allocman on a real kernel.",
                    "Performs every step with the split manager in its compatible mode, and compares error, slot, address "
                            + "and free lists.",
                    AllocmanReplay::run),
            new RecordingKind(
                    "uvisor",
                    "Replay what uVisor's own code did.",
                    "A recording of the page allocator, of the placement of boxes, or of the queue of slots; which it is "
                            + "shows in the file. Performs every step and compares the answer and the state.",
                    UvisorReplay::run),
            new RecordingKind(
                    "xous",
                    "Replay a history of Xous' memory manager.",
                    "Performs every step on our tables, and compares the answer, the hash of all owners, and the number of "
                            + "free pages.",
                    XousReplay::run));
}
