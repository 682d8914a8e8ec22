package org.allocman.bench;

import org.allocman.manager.ManagerKind;
import org.allocman.testkit.measure.BootstrapWork;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** B6: a manager is built in place, and forgotten; an operation is both. */
@State(Scope.Benchmark)
public class BootstrapBench extends SideBySide {
    /** Which untyped manager. */
    @Param({"ARENA", "SPLIT"})
    private ManagerKind manager;

    /** On how many untypeds. */
    @Param({"100", "1000"})
    private int untypeds;

    private BootstrapWork work;

    /** Makes the machine. */
    @Setup
    public void machine() {
        work = new BootstrapWork(untypeds, manager);
    }

    /** Builds a manager. */
    @Benchmark
    public void inPlace() {
        work.inPlace(work.machine().kernel());
        work.forget();
    }
}
