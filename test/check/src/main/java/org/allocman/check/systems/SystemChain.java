package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.action.Chain;
import org.allocman.check.action.Chain.Setting;
import org.allocman.check.resource.ResourceDesigns;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;

/** What a chain's file says of the system that it is a chain of. */
public final class SystemChain {
    private SystemChain() {}

    /**
     * A chain without steps of a system with such options, which are written as far as they are not the usual ones.
     *
     * @param type which system
     * @param options what it is like
     * @return a chain, whose steps are still to be added
     */
    public static Chain of(SystemType type, SystemOptions options) {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting(Setting.BOARD, options.board().name()));
        if (type.most() > 0) {
            settings.add(new Setting(Setting.SIZE, String.valueOf(options.size())));
        }
        if (!options.symmetry() && type.hasSymmetry()) {
            settings.add(new Setting(Setting.NO_SYMMETRY, ""));
        }
        if (type == SystemKind.RESOURCE && !options.resource().equals(ResourceDesigns.XOUS_PAGES)) {
            settings.add(new Setting(Setting.RESOURCE, options.resource().name()));
        }
        if (type.hasManager()) {
            if (!options.manager().equals(ManagedMachine.Pools.DEFAULT.manager())) {
                settings.add(new Setting(Setting.MANAGER, options.manager().name()));
            }
            CSpaceGeometry cspace = options.cspace();
            if (!cspace.equals(CSpaceGeometry.CURRENT)) {
                settings.add(new Setting(Setting.CSPACE, cspace.text()));
                settings.add(new Setting(Setting.CSPACE_DESIGN, cspace.design().name()));
            }
        }
        return new Chain(type.text(), options.faults(), settings, List.of());
    }
}
