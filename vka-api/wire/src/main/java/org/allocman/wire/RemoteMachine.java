package org.allocman.wire;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Vka;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A machine that has booted on the other end of a wire. A second boot on the same connection takes this one's place. */
public final class RemoteMachine implements AutoCloseable {
    /** The protocol that this end speaks. */
    public static final int PROTOCOL = 1;

    private final WireConnection connection;
    private final BootAnswers booted;
    private final Kernel kernel;
    private final Memory memory;

    private RemoteMachine(WireConnection connection, BootAnswers booted) {
        this.connection = connection;
        this.booted = booted;
        this.kernel = new RemoteKernel(connection, booted.architecture());
        this.memory = new RemoteMemory(connection);
    }

    /**
     * Boots a machine.
     *
     * @param connection to whom has machines; it is closed with the machine
     * @param which what stands behind {@code boot}, for instance {@code tiny as riscv64}; empty for what the other end takes
     *     if nothing is said
     * @param profile what kernel it is; null to believe what the other end says, if that is a name that is known here
     * @return the machine
     * @throws WireException if there is none; the message says why
     */
    public static RemoteMachine boot(WireConnection connection, String which, @Nullable Architecture profile) {
        WireAnswer hello = connection.ask("hello " + PROTOCOL);
        if (!hello.isOk() || hello.value(0) != PROTOCOL) {
            throw new WireException("the other end does not speak protocol " + PROTOCOL + ": " + hello.text());
        }
        WireAnswer answer = connection.ask(("boot " + which).strip());
        if (!answer.isOk()) {
            throw new WireException("no machine was booted: " + answer.text());
        }
        return new RemoteMachine(connection, BootAnswers.ask(connection, profile));
    }

    /**
     * Its kernel.
     *
     * @return the kernel
     */
    public Kernel kernel() {
        return kernel;
    }

    /**
     * The root task's memory.
     *
     * @return memory by virtual address
     */
    public Memory memory() {
        return memory;
    }

    /**
     * The allocator on it, if the other end has one.
     *
     * @return an allocator, whose every call is a request
     */
    public Vka vka() {
        return new RemoteVka(connection, booted.architecture());
    }

    /**
     * What the root task is told.
     *
     * @return the boot info
     */
    public BootInfo bootInfo() {
        return booted.bootInfo();
    }

    /**
     * Where the static pool is.
     *
     * @return virtual address
     */
    public @VirtAddr long poolBase() {
        return booted.poolBase();
    }

    /**
     * How large the static pool is.
     *
     * @return bytes; 0 if the other end has none
     */
    public @Bytes long poolBytes() {
        return booted.poolBytes();
    }

    /**
     * From where on the root task may map.
     *
     * @return virtual address; 0 if the other end does not say
     */
    public @VirtAddr long freeBase() {
        return booted.freeBase();
    }

    /**
     * Marks the present moment.
     *
     * @return what to {@link #rewind} to
     * @throws WireException if the other end cannot go back
     */
    public long checkpoint() {
        return done("checkpoint").value(0);
    }

    /**
     * Goes back.
     *
     * @param checkpoint what {@link #checkpoint} answered
     * @throws WireException if that is gone
     */
    public void rewind(long checkpoint) {
        done("rewind " + WireNumbers.text(checkpoint));
    }

    /**
     * What stands for the whole state of the machine.
     *
     * @return equal for equal states
     * @throws WireException if the other end has none
     */
    public String fingerprint() {
        return done("fingerprint").word(0);
    }

    /**
     * Has every invariant checked.
     *
     * @return what is broken, in words; empty if all is well
     * @throws WireException if the other end cannot
     */
    public String check() {
        WireAnswer answer = done("check");
        return answer.value(0) == 0 ? "" : answer.remark();
    }

    private WireAnswer done(String request) {
        WireAnswer answer = connection.ask(request);
        if (!answer.isOk()) {
            throw new WireException("'" + request + "' was refused: " + answer.text());
        }
        return answer;
    }

    @Override
    public void close() {
        connection.close();
    }
}
