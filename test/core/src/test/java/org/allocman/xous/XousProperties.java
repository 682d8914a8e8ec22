package org.allocman.xous;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.check.action.Outcome;
import org.allocman.check.xous.XousInvariants;
import org.allocman.manager.Allocman;
import org.allocman.sim.memory.PhysicalMemory;

/**
 * Whatever processes call, Xous does as the model says, and the laws hold after every call; also when the kernel beneath
 * refuses something on the way. In the end all is given back.
 */
class XousProperties {
    private static final int RAM_PAGES = 48;
    private static final int FAULTS = 40;

    private final XousMachineSubject array = new XousMachineSubject(RAM_PAGES, TableForm.ARRAY);
    private final XousMachineSubject sparse = new XousMachineSubject(RAM_PAGES, TableForm.PROGRAMMATIC);
    private final XousMachineSubject newer = new XousMachineSubject(RAM_PAGES, TableForm.ARRAY, XousRules.PULL_980);
    private final int arrayStart = array.memory().checkpoint();
    private final int newerStart = newer.memory().checkpoint();
    private final int sparseStart = sparse.memory().checkpoint();

    @Property(tries = 40)
    void allIsAsTheModelSays(@ForAll @Size(max = 60) List<@IntRange(max = 1 << 24) Integer> calls) {
        array.memory().rewind(arrayStart);
        run(array, calls, List.of());
    }

    @Property(tries = 40)
    void alsoWhenTheKernelRefuses(
            @ForAll @Size(max = 40) List<@IntRange(max = 1 << 24) Integer> calls,
            @ForAll @Size(value = 40) List<@IntRange(max = FAULTS) Integer> faults) {
        sparse.memory().rewind(sparseStart);
        run(sparse, calls, faults);
    }

    @Property(tries = 30)
    void alsoByTheNewerRules(
            @ForAll @Size(max = 60) List<@IntRange(max = 1 << 24) Integer> calls,
            @ForAll @Size(max = 8) List<@IntRange(max = FAULTS) Integer> faults) {
        newer.memory().rewind(newerStart);
        run(newer, calls, faults);
    }

    private static void run(XousMachineSubject subject, List<Integer> calls, List<Integer> faults) {
        PhysicalMemory memory = subject.memory();
        XousDraws draws = new XousDraws(subject, RAM_PAGES);
        List<String> history = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            int fault = i < faults.size() ? faults.get(i) : 0;
            subject.faults().plan(fault, fault * 2);
            Outcome outcome = draws.perform(calls.get(i));
            history.add(outcome + (subject.faults().hasRefused() ? " with a refusal" : ""));
            assertEquals(null, outcome.wrong(), history::toString);
            assertEquals(List.of(), subject.broken(), history::toString);
        }
        subject.faults().plan(0, 0);
        assertEquals(List.of(), XousInvariants.check(subject.machineOfXous()), history::toString);
        int end = memory.checkpoint();
        assertEquals(Option.none(), subject.machineOfXous().system().close());
        Allocman allocman = subject.machineOfXous().managed().allocman();
        allocman.trim();
        assertEquals(0, allocman.statistics().liveObjects(), history::toString);
        memory.rewind(end);
    }
}
