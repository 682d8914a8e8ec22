package org.allocman.check.invariants;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlCap;
import org.allocman.sim.kernel.ControlKind;

/** Laws about ranges of I/O ports. */
final class PortLaws {
    private PortLaws() {}

    /**
     * A range is not empty, two that are not the same have no port in common, and ranges are the descendants of I/O port control as
     * long as it is there: where they stand is all that the kernel knows of which ports are given out.
     */
    static List<String> givenOutOnce(KernelView view) {
        List<String> broken = new ArrayList<>();
        ControlCap fields = view.slots().control();
        Capability control = null;
        List<Capability> ranges = new ArrayList<>();
        for (Capability capability : view.capabilities()) {
            if (capability.type() == CapabilityType.CONTROL) {
                ControlKind kind = fields.kind(capability.slot());
                control = kind == ControlKind.IO_PORT_CONTROL ? capability : control;
                if (kind == ControlKind.IO_PORT) {
                    ranges.add(capability);
                }
            }
        }
        for (int i = 0; i < ranges.size(); i++) {
            Capability range = ranges.get(i);
            int first = fields.firstPort(range.slot());
            int last = fields.lastPort(range.slot());
            if (last < first) {
                broken.add(range + " has no port: " + first + " to " + last);
            }
            if (control != null && !view.isDescendant(control, range)) {
                broken.add(range + " is not derived from I/O port control");
            }
            for (Capability other : ranges.subList(i + 1, ranges.size())) {
                int otherFirst = fields.firstPort(other.slot());
                int otherLast = fields.lastPort(other.slot());
                boolean isSame = otherFirst == first && otherLast == last;
                if (!isSame && otherFirst <= last && otherLast >= first) {
                    broken.add(range + " and " + other + " have a port in common");
                }
            }
        }
        return broken;
    }
}
