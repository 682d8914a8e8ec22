package org.allocman.script;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import java.util.List;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What names stand for: those that every machine has from its boot, and those that lines gave. */
final class ScriptNames {
    /** The control over the first core's time, with MCS. */
    static final String SCHED_CONTROL = "sched-control";

    private static final String UNTYPED = "untyped";

    private final Map<String, Binding> fixed;
    private Map<String, Binding> own = LinkedHashMap.empty();

    ScriptNames(BootInfo bootInfo) {
        Map<String, Binding> names = LinkedHashMap.empty();
        names = slot(names, "root-tcb", BootSlots.TCB);
        names = slot(names, "root-cnode", BootSlots.CNODE);
        names = slot(names, "root-vspace", BootSlots.VSPACE);
        names = slot(names, "irq-control", BootSlots.IRQ_CONTROL);
        names = slot(names, "asid-control", BootSlots.ASID_CONTROL);
        names = slot(names, "asid-pool", BootSlots.ASID_POOL);
        if (Behaviours.of(bootInfo.architecture()).hasIoPorts()) {
            names = slot(names, "io-port-control", BootSlots.IO_PORT_CONTROL);
        }
        names = slot(names, "boot-info", BootSlots.BOOT_INFO_FRAME);
        names = slot(names, "ipc-buffer", BootSlots.IPC_BUFFER);
        names = slot(names, "domain", BootSlots.DOMAIN);
        if (bootInfo.schedControl().size() > 0) {
            names = slot(names, "root-sched-context", BootSlots.SCHED_CONTEXT);
            names = slot(names, SCHED_CONTROL, bootInfo.schedControl().start());
        }
        names = slot(names, "empty", bootInfo.empty().start());
        for (int i = 0; i < bootInfo.untypeds().size(); i++) {
            names = slot(names, UNTYPED + i, bootInfo.untypeds().get(i).slot());
        }
        this.fixed = names;
    }

    private static Map<String, Binding> slot(Map<String, Binding> names, String name, long slot) {
        return names.put(name, new Binding.Number(slot));
    }

    /** The names that lines gave; it never changes itself, so that it can be put back. */
    Map<String, Binding> own() {
        return own;
    }

    void restore(Map<String, Binding> before) {
        own = before;
    }

    Map<String, Binding> all() {
        return own.merge(fixed);
    }

    @Nullable
    Binding find(String name) {
        @Nullable Binding binding = own.get(name).getOrNull();
        return binding != null ? binding : fixed.get(name).getOrNull();
    }

    Binding get(String name) throws Mistake {
        Binding binding = find(name);
        if (binding == null) {
            throw new Mistake("there is no name '" + name + "'" + Nearest.suggestion(name, names()));
        }
        return binding;
    }

    private List<String> names() {
        return all().keySet().toJavaList();
    }

    /** Refuses a name that is needed for something else. */
    void checkFree(String name) throws Mistake {
        if (fixed.containsKey(name)) {
            throw new Mistake("'" + name + "' is a name that the machine has from its boot");
        }
        Binding binding = find(name);
        if (binding instanceof Binding.Allocated || binding instanceof Binding.Taken) {
            throw new Mistake("'" + name + "' is in use: 'free " + name + "' comes first, or another name");
        }
    }

    void bind(String name, Binding binding) {
        own = own.put(name, binding);
    }

    void forget(String name) {
        own = own.remove(name);
    }

    /** A name that is not in use: a word and a number. */
    String fresh(String word) {
        int number = 1;
        while (find(word + number) != null) {
            number++;
        }
        return word + number;
    }

    /** The number that a value means; of a capability's name its cptr. */
    long number(Operand.Value value, CapPath rootPath) throws Mistake {
        String name = value.name();
        if (name == null) {
            return value.number();
        }
        Binding binding = get(name);
        long base;
        if (binding instanceof Binding.Number number) {
            base = number.number();
        } else if (binding instanceof Binding.Allocated allocated) {
            base = allocated.object().cptr();
        } else if (binding instanceof Binding.Taken taken) {
            base = taken.path().index();
        } else if (binding instanceof Binding.Place place
                && place.path().root() == rootPath.root()
                && place.path().depth() == rootPath.depth()) {
            base = place.path().index();
        } else {
            throw new Mistake(
                    "'" + name + "' lies in a CNode of its own, so no cptr is known for it; move or copy it first");
        }
        return base + value.number();
    }

    /** The path of a value's name, if it is a place in some other CNode. */
    @Nullable
    CapPath path(Operand.Value value) throws Mistake {
        String name = value.name();
        if (name != null && get(name) instanceof Binding.Place place) {
            CapPath path = place.path();
            return new CapPath(path.root(), path.index() + value.number(), path.depth());
        }
        return null;
    }
}
