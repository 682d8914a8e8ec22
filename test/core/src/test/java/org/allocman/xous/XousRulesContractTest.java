package org.allocman.xous;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lab.machine.CountingMemory;
import org.allocman.testkit.contract.ResourceTypeContract;
import org.allocman.vka.Kernel;
import org.allocman.vka.PageSize;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;

/** The pages of Xous without frames: here no object may be made at all. */
class XousRulesContractTest extends ResourceTypeContract {
    @Override
    protected Subject subject(int units, UnaryOperator<Kernel> wrapper) {
        TablesMemory memory = new TablesMemory(0);
        CountingMemory counting = new CountingMemory(memory.words());
        TablesLayout layout = new TablesLayout(0, whitelist(units), TableForm.ARRAY);
        PageAllocations allocations = layout.rules(counting, memory.nodes());
        memory.physical().startJournal();
        return new Subject(
                new XousPages(allocations),
                new XousPages(layout.allocations(memory.words(), memory.nodes(), PageFrames.NONE)),
                List.of(2, 3, 255),
                0,
                counting::accesses,
                () -> List.of(
                        memory.physical().fingerprint().high(),
                        memory.physical().fingerprint().low()),
                false,
                List::of);
    }

    private static Whitelist whitelist(int units) {
        try {
            return Whitelist.of(
                    List.of(new NamedRange("RAM ", 0x4000_0000L, units * PageSize.PAGE)), List.of(), 1L << 52);
        } catch (ArgumentsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
