package org.allocman.xous.process;

import java.util.List;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Untyped;
import org.allocman.xous.TableForm;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousRules;

/**
 * What a system is started with.
 *
 * @param whitelist the pages there are
 * @param form which owners' table
 * @param untypeds what the root task got at boot; pages in none of them are the kernel's
 * @param window where the tables are to be in the root task's address space, a multiple of 4096; nothing is mapped from
 *     there on
 * @param rules which kernel's rules hold
 */
public record XousConfig(
        Whitelist whitelist,
        TableForm form,
        List<Untyped> untypeds,
        @VirtAddr long window,
        XousRules rules) {
    /**
     * Keeps a copy of the list.
     *
     * @param whitelist the pages there are
     * @param form which owners' table
     * @param untypeds what the root task got at boot; pages in none of them are the kernel's
     * @param window where the tables are to be in the root task's address space, a multiple of 4096; nothing is mapped from
     *     there on
     * @param rules which kernel's rules hold
     */
    public XousConfig {
        untypeds = List.copyOf(untypeds);
    }

    /**
     * A system for which the rules of {@link XousRules#COMMIT_73C0946} hold.
     *
     * @param whitelist the pages there are
     * @param form which owners' table
     * @param untypeds what the root task got at boot; pages in none of them are the kernel's
     * @param window where the tables are to be in the root task's address space, a multiple of 4096; nothing is mapped from
     *     there on
     */
    public XousConfig(Whitelist whitelist, TableForm form, List<Untyped> untypeds, @VirtAddr long window) {
        this(whitelist, form, untypeds, window, XousRules.COMMIT_73C0946);
    }
}
