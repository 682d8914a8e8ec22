package org.allocman.cli.contract;

import java.util.function.Supplier;
import org.allocman.check.contract.KernelUnderTest;
import org.allocman.check.contract.RootSpace;
import org.allocman.vka.Architecture;
import org.allocman.wire.RemoteMachine;
import org.allocman.wire.WireConnection;
import org.allocman.wire.WireConnections;
import org.allocman.wire.WireException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Kernels that have just booted, one after the other, at the same end of a wire; who breaks the connection is called again. */
final class KernelSource implements Supplier<KernelUnderTest>, AutoCloseable {
    private final String where;
    private final String boot;
    private final long patience;
    private final @Nullable Architecture profile;
    private @Nullable WireConnection connection;

    KernelSource(String where, String boot, long patience, @Nullable Architecture profile) {
        this.where = where;
        this.boot = boot;
        this.patience = patience;
        this.profile = profile;
    }

    /** Looks whether anybody is there who speaks the protocol. */
    void first() {
        get();
    }

    @Override
    public KernelUnderTest get() {
        WireConnection open = connection;
        if (open == null) {
            return booted(opened());
        }
        try {
            return booted(open);
        } catch (WireException gone) {
            close();
            return booted(opened());
        }
    }

    private WireConnection opened() {
        WireConnection opened = WireConnections.open(where, patience);
        connection = opened;
        return opened;
    }

    private KernelUnderTest booted(WireConnection open) {
        RemoteMachine machine = RemoteMachine.boot(open, boot, profile);
        return new KernelUnderTest(machine.kernel(), machine.bootInfo(), RootSpace.of(machine));
    }

    @Override
    public void close() {
        WireConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
