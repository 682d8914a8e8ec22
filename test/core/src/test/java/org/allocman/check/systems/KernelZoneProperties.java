package org.allocman.check.systems;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.check.action.Action;
import org.allocman.sim.memory.PhysicalMemory;

/** What the fast laws let pass, the laws themselves let pass: no word can be spoilt so that only the slow ones notice. */
class KernelZoneProperties {
    private static final int SLOTS = 4;
    private static final int WORDS_OF_SLOT = 4;

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void theFastLawsAreAsStrictAsTheLaws(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 10_000) Integer> history,
            @ForAll @IntRange(max = SLOTS * WORDS_OF_SLOT + 2 * WORDS_OF_SLOT - 1) int word,
            @ForAll @IntRange(max = 63) int bit,
            @ForAll @IntRange(max = SLOTS + 1) int other)
            throws Exception {
        KernelSubject kernel = KernelExplorationTest.subject("tiny", real -> real, SLOTS, false);
        for (int choice : history) {
            List<Action> enabled =
                    kernel.actions().stream().filter(Action::isEnabled).toList();
            enabled.get(choice % enabled.size()).perform();
            if (!kernel.lawsHold()) {
                throw new AssertionError("a good state is called broken: " + kernel.broken());
            }
        }
        PhysicalMemory memory = kernel.memory();
        long address = kernel.slotOfUser(word / WORDS_OF_SLOT);
        int offset = word % WORDS_OF_SLOT * Long.BYTES;
        int start = memory.checkpoint();
        memory.words().store64(address, offset, memory.words().load64(address, offset) ^ 1L << bit);
        expectBothOrNeither(kernel);
        memory.rewind(start);
        for (int at = 0; at < WORDS_OF_SLOT * Long.BYTES; at += Long.BYTES) {
            memory.words().store64(address, at, memory.words().load64(kernel.slotOfUser(other), at));
        }
        expectBothOrNeither(kernel);
    }

    private static void expectBothOrNeither(KernelSubject kernel) {
        if (kernel.lawsHold() && !kernel.broken().isEmpty()) {
            throw new AssertionError("only the slow laws notice " + kernel.broken());
        }
    }
}
