package org.allocman.sim.board;

import org.allocman.sim.board.TreeNode.Property;

/** What a device tree says of a microcontroller's core: a processor {@code arm,cortex-m…}, and its MPU below it. */
final class TreeCore {
    private static final String CORE = "arm,cortex-m";
    private static final String REGIONS = "arm,num-mpu-regions";

    private TreeCore() {}

    static BoardCore of(FlatTree tree) throws BoardFormatException {
        String name = "";
        int regions = BoardCore.NOT_SAID;
        for (TreeNode node : tree.nodes()) {
            for (String compatible : tree.strings(node, "compatible")) {
                name = name.isEmpty() && compatible.startsWith(CORE)
                        ? "Cortex-M" + compatible.substring(CORE.length())
                        : name;
            }
            Property count = node.property(REGIONS);
            if (count != null && count.length() == Integer.BYTES) {
                int told = tree.cell(count, 0);
                regions = told >= 0 && told <= BoardCore.MOST_REGIONS ? told : regions;
            }
        }
        boolean isNone = regions == BoardCore.NOT_SAID && BoardCore.isOneWithoutMpu(name);
        return BoardCore.of(name, isNone ? BoardCore.NO_MPU : regions);
    }
}
