package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.allocman.check.uvisor.BoxWorkload;
import org.allocman.lab.workload.XorShift;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.MpuKind;

/** Whatever boxes do, each of them reaches what it may and nothing else: compared with a model after every step. */
class ReachProperties {
    private static final int STEPS = 60;

    /** More regions than the MPU has, devices to read and to write, some of box 0 that all may use. */
    private static List<BoxSetup> boxes(int quota) {
        BoxConfig main = new BoxConfig("main", BoxSizes.of(0, 0));
        return List.of(
                new BoxSetup(
                        main,
                        BlockPool.NO_QUOTA,
                        List.of(acl(7, 512, true), new BoxAcl(Rig.DEVICE + 7 * 512 - 512, 256, false))),
                Rig.box("one", quota, List.of(shared(true), acl(1, 256, false), acl(2, 512, true))),
                Rig.box(
                        "two",
                        quota,
                        List.of(acl(3, 512, false), acl(4, 512, true), acl(5, 256, true), shared(false))));
    }

    private static BoxAcl shared(boolean writable) {
        return new BoxAcl(Rig.DEVICE, writable ? 512 : 256, writable, true);
    }

    private static BoxAcl acl(int index, long bytes, boolean writable) {
        return new BoxAcl(Rig.DEVICE + index * 512L, bytes, writable);
    }

    @Property(tries = 12)
    void aBoxReachesWhatItMayAndNothingElse(@ForAll long seed, @ForAll MpuKind kind) {
        Rig rig = Rig.of(kind, boxes(6), BlockSource.ALWAYS_THERE);
        rig.physical().startJournal();
        Uvisor uvisor = rig.uvisor();
        ReachModel model = new ReachModel(rig);
        BoxWorkload work = new BoxWorkload(uvisor, seed);
        XorShift random = new XorShift(seed | 1);
        for (int step = 0; step < STEPS; step++) {
            work.step();
            assertEquals(List.of(), model.tooMuch(), "step " + step + ": " + work.last());
            if (random.below(4) == 0) {
                // the arena comes and goes under a box that has it loaded
                uvisor.enterBox(BlockPool.PUBLIC_BOX);
                long bytes = (1 + random.below(4)) * Rig.BLOCK / 2;
                boolean isMoved = uvisor.sbrk(bytes) != TopLevel.REFUSED;
                assertEquals(List.of(), model.tooMuch(), "step " + step + ", the arena grew by " + bytes);
                assertEquals(List.of(), isMoved ? touchAndLeave(rig, model, bytes) : List.of(), "step " + step);
            }
            if (step % 6 == 5) {
                assertEquals(List.of(), model.tried(), "step " + step + ": " + work.last());
            }
        }
        assertEquals(List.of(), work.wrong());
    }

    private static List<String> touchAndLeave(Rig rig, ReachModel model, long bytes) {
        rig.uvisor().user().store64(rig.uvisor().topLevel().end() - Long.BYTES & -Long.BYTES, 0, 1);
        rig.uvisor().sbrk(-bytes);
        return model.tooMuch();
    }
}
