/** The memory of uVisor on any {@code Vka}: regions of boxes, pools of blocks, heaps and threads behind an MPU. */
module org.allocman.uvisor {
    requires transitive org.allocman.vka;
    requires static transitive org.checkerframework.checker.qual;

    exports org.allocman.uvisor;
    exports org.allocman.uvisor.block;
    exports org.allocman.uvisor.box;
    exports org.allocman.uvisor.guard;
    exports org.allocman.uvisor.heap;
    exports org.allocman.uvisor.rules;
}
