package org.allocman.bench;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.NodeStore;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.TableForm;
import org.allocman.xous.TablesLayout;
import org.allocman.xous.Whitelist;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** B8: a page of Xous is claimed and released, in tables of different size and occupancy. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class XousBench {
    private static final int OTHER = 2;
    private static final int PID = 3;

    /** Pages of RAM. */
    @Param({"1024", "65536", "4194304"})
    private int pages;

    /** How many of 10,000 pages somebody owns. */
    @Param({"5000", "9999"})
    private int occupancy;

    private PageAllocations allocations;

    /**
     * Fills the table from the bottom.
     *
     * @throws ArgumentsException never
     */
    @Setup
    public void fill() throws ArgumentsException {
        Whitelist whitelist =
                Whitelist.of(List.of(new NamedRange("RAM ", 0, (long) pages * PAGE)), List.of(), 1L << 52);
        TablesLayout layout = new TablesLayout(0, whitelist, TableForm.ARRAY);
        PhysicalMemory memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, layout.bytes() - 1)));
        allocations = layout.rules(memory.words(), NodeStore.NONE);
        long full = Math.min((long) pages * occupancy / 10_000, pages - 1);
        for (long page = 0; page < full; page++) {
            allocations.allocate(OTHER);
        }
    }

    /**
     * Takes the lowest free page and gives it back.
     *
     * @return the page
     */
    @Benchmark
    public long claimAndRelease() {
        long page = allocations.allocate(PID);
        return allocations.release(page * PAGE, PID);
    }
}
