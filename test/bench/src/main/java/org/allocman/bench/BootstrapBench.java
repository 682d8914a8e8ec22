package org.allocman.bench;

import org.allocman.lab.measure.BootstrapWork;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** bootstrap: a manager is built, and forgotten; an operation is both. */
@State(Scope.Benchmark)
public class BootstrapBench extends SideBySide {
    /** Which untyped manager. */
    @Param({"arena", "split"})
    private String manager;

    /** On how many untypeds. */
    @Param({"100", "1000"})
    private int untypeds;

    private BootstrapWork inPlace;
    private BootstrapWork intoTwoLevels;

    /** Makes the machines. */
    @Setup
    public void machines() {
        inPlace = BootstrapWork.inPlace(untypeds, design(manager));
        intoTwoLevels = BootstrapWork.intoTwoLevels(untypeds, design(manager));
    }

    /** Builds a manager in the CSpace that is there. */
    @Benchmark
    public void inPlace() {
        inPlace.start(inPlace.kernel());
        inPlace.forget();
    }

    /** Builds a manager in a new CSpace. Memory is journalled, and forgetting goes back through the journal. */
    @Benchmark
    public void intoTwoLevels() {
        intoTwoLevels.start(intoTwoLevels.kernel());
        intoTwoLevels.forget();
    }
}
