package org.allocman.testkit.arbitraries;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.SampleReportingFormat;
import org.allocman.check.invariants.Capability;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.BootInfo;

/** What is in the slots of a machine's root CNode, in words. */
final class MachineText {
    private static final int MOST = 60;

    private final PhysicalMemory memory;
    private final BootInfo bootInfo;
    private final long state;
    private final long cnode;

    private MachineText(PhysicalMemory memory, BootInfo bootInfo, long state, long cnode) {
        this.memory = memory;
        this.bootInfo = bootInfo;
        this.state = state;
        this.cnode = cnode;
    }

    static MachineText of(Machine machine) {
        Slots slots = new Slots(machine.memory().words(), machine.board().architecture());
        long thread = KernelState.thread(machine.memory().words(), machine.kernelState());
        long cnode = slots.object(slots.at(thread, TcbLayout.CSPACE));
        return new MachineText(machine.memory(), machine.bootInfo(), machine.kernelState(), cnode);
    }

    static MachineText of(PlainMachine machine) {
        return new MachineText(machine.memory(), machine.bootInfo(), machine.kernelState(), machine.cnode());
    }

    /** Untypeds, and what was made since boot: what each slot holds. The frames of the image and the like are counted. */
    Map<Object, Object> slots() {
        Map<Object, Object> text = new LinkedHashMap<>();
        try {
            addSlots(text);
        } catch (RuntimeException damaged) {
            text.put(label("slots"), label("cannot be read: " + damaged));
        }
        return text;
    }

    private void addSlots(Map<Object, Object> text) {
        KernelView view = new KernelView(memory, bootInfo.architecture(), state);
        Slots slots = new Slots(memory.words(), bootInfo.architecture());
        int others = 0;
        int more = 0;
        for (long cptr = 1; cptr < bootInfo.empty().end(); cptr++) {
            Capability capability = view.at(slots.at(cnode, cptr));
            if (capability == null) {
                continue;
            }
            boolean isUntyped = cptr >= bootInfo.untyped().start()
                    && cptr < bootInfo.untyped().end();
            if (!isUntyped && cptr < bootInfo.empty().start()) {
                others++;
            } else if (text.size() < MOST) {
                text.put(label("slot " + hex(cptr)), label(what(capability)));
            } else {
                more++;
            }
        }
        if (more > 0) {
            text.put(label("further slots"), label(more + " in use"));
        }
        text.put(label("slots of boot"), label(others + " in use beside the untypeds"));
        text.put(
                label("slots " + hex(bootInfo.empty().start()) + " to "
                        + hex(bootInfo.empty().end() - 1)),
                label("empty, but for what is said above"));
    }

    private static String what(Capability capability) {
        String all = capability.toString();
        int slot = all.indexOf(" in slot 0x");
        String what = slot < 0 ? all : all.substring(0, slot);
        return capability.free() > 0 ? what + ", in use up to " + hex(capability.base() + capability.free()) : what;
    }

    /** Text without quotation marks around it. */
    static Object label(String text) {
        return SampleReportingFormat.plainLabel(text);
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
