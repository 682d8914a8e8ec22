package org.allocman.check.manager;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.manager.Allocman;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.Architecture;
import org.allocman.vka.MemoryFault;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The laws of a whole machine: of its kernel, and of the manager on it if there is one. */
public final class MachineInvariants {
    private MachineInvariants() {}

    /**
     * Checks all.
     *
     * @param machine the machine, however broken
     * @param manager the manager, or null if there is none
     * @return what is broken, each with the invariant's name in front; empty if all is well
     */
    public static List<String> check(Machine machine, @Nullable Allocman manager) {
        Objects.requireNonNull(machine, "machine");
        Architecture architecture = machine.board().architecture();
        List<String> broken = new ArrayList<>(
                KernelInvariants.check(new KernelView(machine.memory(), architecture, machine.kernelState())));
        if (manager != null) {
            Slots slots = new Slots(machine.memory().words(), architecture);
            long root = SlotWords.rootOf(machine.memory(), machine.kernelState(), slots);
            // whoever works behind the manager's back can take its own memory from it
            try {
                broken.addAll(new ManagerInvariants(manager, slots, root).check());
            } catch (MemoryFault fault) {
                broken.add("the manager's memory: " + fault.getMessage());
            }
        }
        return broken;
    }
}
