package org.allocman.lesson.course;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.allocman.lesson.TwoBoxes;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.mpu.MpuShape;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.Threads;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.UvisorMetadata;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.vka.Kernel;

/** Boxes, blocks, quotas and threads of uVisor. */
final class UvisorLesson extends Lesson<TwoBoxes> {
    static final long RAM = 0x2000_0000L;
    static final long RAM_BYTES = 128 << 10;
    static final long BLOCK = 8 << 10;
    private static final long METADATA = 1L << 32;
    private static final int METADATA_BYTES = 1 << 20;
    private static final int SENSOR = 1;
    private static final int LOGGER = 2;
    private static final int QUOTA = 2;
    private static final int MOST_THREADS = 16;

    UvisorLesson() {
        super("uvisor", TwoBoxes.class);
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.JAVA);
    }

    @Override
    public Stage<TwoBoxes> start(UnaryOperator<Kernel> wrapper) {
        PhysicalMemory memory = memory();
        Uvisor uvisor = boot(memory);
        uvisor.enterBox(LOGGER);
        long heap = uvisor.mallocBlock(QUOTA * BLOCK);
        int thread = uvisor.createThread(1, heap, QUOTA * BLOCK, 0, 0);
        uvisor.enterBox(BlockPool.PUBLIC_BOX);
        return new BoxStage(memory, new TwoBoxes(uvisor, SENSOR, LOGGER, thread, BLOCK));
    }

    /** A microcontroller with 128 KiB of RAM, and three boxes. */
    private static PhysicalMemory memory() {
        return new PhysicalMemory(List.of(
                new PhysicalMemory.Extent(RAM, RAM + RAM_BYTES - 1),
                new PhysicalMemory.Extent(SimMpu.REGISTERS, SimMpu.REGISTERS + SimMpu.REGISTER_BYTES - 1),
                new PhysicalMemory.Extent(METADATA, METADATA + METADATA_BYTES - 1)));
    }

    static Uvisor boot() {
        return boot(memory());
    }

    private static Uvisor boot(PhysicalMemory memory) {
        List<BoxSetup> boxes = List.of(
                new BoxSetup(new BoxConfig("main", BoxSizes.of(0, 0)), BlockPool.NO_QUOTA, List.of()),
                new BoxSetup(new BoxConfig("sensor", new BoxSizes(1024, 16, 200, 64, 0, 0, 3000)), QUOTA, List.of()),
                new BoxSetup(new BoxConfig("logger", new BoxSizes(1024, 16, 200, 64, 0, 0, 3000)), QUOTA, List.of()));
        BlockGeometry.Range range = new BlockGeometry.Range(RAM, RAM + RAM_BYTES, RAM, RAM + RAM_BYTES);
        UvisorPlan plan = UvisorPlan.of(MpuKind.ARMV7M, boxes, range, BLOCK, List.of())
                .getOrElseThrow(halt -> new IllegalStateException(halt.message()));
        SimMpu mpu = new SimMpu(memory.words(), SimMpu.REGISTERS, MpuShape.ARMV7M);
        Uvisor uvisor = new Uvisor(
                plan,
                new Uvisor.Hardware(mpu, memory.words(), memory.window(mpu)),
                BlockSource.ALWAYS_THERE,
                UvisorMetadata.at(plan, mpu, METADATA));
        uvisor.start();
        return uvisor;
    }

    private final class BoxStage implements Stage<TwoBoxes> {
        private final PhysicalMemory memory;
        private final TwoBoxes desk;

        BoxStage(PhysicalMemory memory, TwoBoxes desk) {
            this.memory = memory;
            this.desk = desk;
        }

        @Override
        public TwoBoxes desk() {
            return desk;
        }

        @Override
        public List<Fact> facts() {
            BlockGeometry geometry = desk.uvisor().plan().geometry();
            return List.of(
                    new Fact("memory", "128 KiB at " + Look.hex(RAM) + ", with an MPU as in ARMv7-M"),
                    new Fact("blocks", geometry.count() + " of 8 KiB, from " + Look.hex(geometry.start()) + " on"),
                    new Fact("box 1, sensor", "may own 2 blocks, owns none"),
                    new Fact("box 2, logger", "may own 2 blocks, owns 2: the heap of thread " + desk.oldThread()),
                    new Fact("now", "box 0 runs"));
        }

        @Override
        public PhysicalMemory memory() {
            return memory;
        }

        @Override
        public List<Finding> check() {
            Findings found = new Findings(name());
            BlockPool pool = desk.uvisor().pool();
            if (pool.owned(BlockPool.PUBLIC_BOX) > 0) {
                found.add(
                        "public",
                        "Box 0 owns " + pool.owned(BlockPool.PUBLIC_BOX) + " blocks; it should own none.",
                        "A block belongs to the box that runs when it is asked for. enterBox says which one that is.");
            }
            if (desk.uvisor().threads().isLive(desk.oldThread()) && pool.owned(LOGGER) == QUOTA) {
                found.add(
                        "old-thread",
                        "The logger's old thread still runs, so its two blocks are in use, and the logger may not have more.",
                        "A thread's blocks go back to the pool when it ends: endThread.");
            }
            sensor(found, pool);
            logger(found, pool);
            return found.list();
        }

        private void sensor(Findings found, BlockPool pool) {
            List<Integer> blocks = blocks(pool, SENSOR);
            if (blocks.size() < 2) {
                found.add(
                        "sensor",
                        "The sensor owns " + blocks.size() + " blocks; wanted are 2.",
                        "mallocBlock rounds up to whole blocks: 12 KiB are two blocks of 8 KiB.");
            } else if (blocks.get(1) != blocks.get(0) + 1) {
                found.add(
                        "apart",
                        "The sensor's blocks do not lie one behind the other, so 12 KiB do not fit in one piece.",
                        "Two calls answer two blocks, wherever they are. One call for 12 KiB answers a run of blocks.");
            }
        }

        private void logger(Findings found, BlockPool pool) {
            List<Integer> blocks = blocks(pool, LOGGER);
            if (blocks.size() != 1) {
                found.add(
                        "logger",
                        "The logger owns " + blocks.size() + " blocks; wanted is 1.",
                        "One block of 8 KiB holds a heap of 6 KiB and a stack of 2 KiB.");
                return;
            }
            long start = desk.uvisor().plan().geometry().addressOf(blocks.get(0));
            Threads threads = desk.uvisor().threads();
            int thread = threads.threadOf(blocks.get(0));
            for (int each = 0; each < MOST_THREADS; each++) {
                if (threads.isLive(each) && threads.box(each) == LOGGER && threads.hasBlock(each, blocks.get(0))) {
                    thread = each;
                }
            }
            if (thread == Threads.NONE || !threads.isLive(thread)) {
                found.add(
                        "no-thread",
                        "The logger has its block, but no thread that uses it.",
                        "createThread takes the memory for the heap and the memory for the stack.");
                return;
            }
            long stack = threads.stack(thread);
            if (stack < start || stack >= start + BLOCK) {
                found.add(
                        "stack",
                        "The thread's heap is in the block, but its stack is not.",
                        "A stack of 0 is taken from the box's own heap. Say where in the block the stack is to be.");
            }
        }

        private static List<Integer> blocks(BlockPool pool, int box) {
            List<Integer> blocks = new ArrayList<>();
            for (int block = pool.first(); block < pool.end(); block++) {
                if (pool.isInside(block) && !pool.isFree(block) && pool.owner(block) == box) {
                    blocks.add(block);
                }
            }
            return blocks;
        }
    }
}
