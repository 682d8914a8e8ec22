package org.allocman.xous.process;

import java.util.List;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Untyped;
import org.allocman.xous.TableForm;
import org.allocman.xous.Whitelist;

/**
 * What a system is started with.
 *
 * @param whitelist the pages there are
 * @param form which owners' table
 * @param untypeds what the root task got at boot; pages in none of them are the kernel's
 * @param window where the tables are to be in the root task's address space, a multiple of 4096; nothing is mapped from
 *     there on
 */
public record XousConfig(
        Whitelist whitelist,
        TableForm form,
        List<Untyped> untypeds,
        @VirtAddr long window) {
    /**
     * Keeps a copy of the list.
     *
     * @param whitelist the pages there are
     * @param form which owners' table
     * @param untypeds what the root task got at boot; pages in none of them are the kernel's
     * @param window where the tables are to be in the root task's address space, a multiple of 4096; nothing is mapped from
     *     there on
     */
    public XousConfig {
        untypeds = List.copyOf(untypeds);
    }
}
