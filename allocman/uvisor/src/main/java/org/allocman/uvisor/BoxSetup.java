package org.allocman.uvisor;

import java.util.List;
import org.allocman.uvisor.box.BoxConfig;

/**
 * A box and what it may have.
 *
 * @param config its name and static memory
 * @param mostBlocks the most blocks it may own
 * @param acls what else it may reach
 */
public record BoxSetup(BoxConfig config, long mostBlocks, List<BoxAcl> acls) {
    /**
     * Keeps a copy of the list.
     *
     * @param config its name and static memory
     * @param mostBlocks the most blocks it may own
     * @param acls what else it may reach
     */
    public BoxSetup {
        acls = List.copyOf(acls);
    }
}
