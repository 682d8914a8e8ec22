/** The simulated board: its memory, its MMU and a capability kernel that answers as seL4 does. */
module org.allocman.sim {
    requires transitive org.allocman.vka;
    requires static transitive org.checkerframework.checker.qual;
    requires com.fasterxml.jackson.annotation;
    requires java.xml;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports org.allocman.sim.memory;
    exports org.allocman.sim.mpu;
    exports org.allocman.sim.board;
    exports org.allocman.sim.kernel;
    exports org.allocman.sim.kernel.paging;
    exports org.allocman.sim.boot;

    opens org.allocman.sim.board to
            tools.jackson.databind;
}
