package org.allocman.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.testkit.arbitraries.Invocation;
import org.allocman.testkit.arbitraries.KnownSlots;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.MemoryFault;
import org.allocman.wire.RemoteKernel;
import org.allocman.wire.RemoteMachine;
import org.allocman.wire.RemoteMemory;
import org.allocman.wire.RemoteVka;
import org.allocman.wire.TracedKernel;
import org.allocman.wire.WireAnswer;
import org.allocman.wire.WireConnection;
import org.allocman.wire.WireException;

/** The wire adds nothing and loses nothing: whatever is invoked, both ends come to the same, and nonsense is told as such. */
class SameAnswersProperties {
    private static RemoteMachine remote(Board board) {
        return RemoteMachine.boot(
                new DirectConnection(
                        new RequestHandler(new ServedBoards(board, LocalServer.POOLS, false), ServeLimits.USUAL)),
                "",
                null);
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        return Arbitraries.of(
                Architecture.RISCV64,
                Architecture.AARCH32,
                Architecture.X86_64,
                Objects.requireNonNull(Architecture.named("aarch64+mcs")),
                Objects.requireNonNull(Architecture.named("aarch32+hyp")),
                Objects.requireNonNull(Architecture.named("x86_64+vtx")));
    }

    @Provide
    Arbitrary<Invocation> invocations() {
        return Invocation.arbitrary();
    }

    @Property(tries = 40)
    void aKernelOverTheWireIsTheSameKernel(
            @ForAll("architectures") Architecture architecture,
            @ForAll @Size(max = 60) List<@From("invocations") Invocation> invocations)
            throws BootFailure {
        Board board = LocalServer.board(architecture);
        Machine here = ManagedMachine.boot(board, LocalServer.POOLS);
        RemoteMachine there = remote(board);
        assertEquals(here.bootInfo(), there.bootInfo());
        TracedKernel traced = new TracedKernel(here.kernel(), 1);
        KnownSlots known = new KnownSlots(traced, here.bootInfo());
        KnownSlots same = new KnownSlots(there.kernel(), there.bootInfo());
        for (Invocation invocation : invocations) {
            KernelError wanted = invocation.applyTo(traced, known);
            assertEquals(wanted, invocation.applyTo(there.kernel(), same), () -> String.valueOf(traced.lines()));
            assertEquals(
                    here.memory().fingerprint().toString(), there.fingerprint(), () -> String.valueOf(traced.lines()));
        }
    }

    /** A connection whose answers are whatever. */
    private static WireConnection answering(String answer) {
        return new WireConnection() {
            @Override
            public WireAnswer ask(String request) {
                return WireAnswer.parse(answer);
            }

            @Override
            public List<WireAnswer> askAll(List<String> requests) {
                return requests.stream().map(this::ask).toList();
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.of(
                        "ok",
                        "error",
                        "1",
                        "6",
                        "10",
                        "112",
                        "115",
                        "201",
                        "207",
                        "-1",
                        "0x",
                        "0xffffffffffffffff",
                        "RETYPE",
                        "FailedLookup",
                        "UNMAPPED",
                        "x",
                        "#",
                        "2",
                        "4",
                        "pool",
                        "untypeds",
                        "architecture",
                        "riscv64")
                .list()
                .ofMaxSize(8)
                .map(words -> String.join(" ", words));
    }

    @Property(tries = 600)
    void nonsenseFromTheOtherEndIsAWireException(@ForAll("answers") String answer) {
        WireConnection connection = answering(answer);
        Kernel kernel = new RemoteKernel(connection, Architecture.RISCV64);
        List<Runnable> asks = List.of(
                () -> kernel.revoke(2, 3, 64),
                () -> kernel.pageGetAddress(7),
                () -> kernel.scheduling().consumed(4),
                () -> new RemoteMemory(connection).load64(8, 0),
                () -> new RemoteMemory(connection).store32(8, 0, 1),
                () -> new RemoteVka(connection, Architecture.RISCV64).endpoint(),
                () -> new RemoteVka(connection, Architecture.RISCV64).allocateSlot(),
                () -> new RemoteVka(connection, Architecture.RISCV64).path(5),
                () -> RemoteMachine.boot(connection, "", null));
        for (Runnable ask : asks) {
            try {
                ask.run();
            } catch (WireException | MemoryFault told) {
                assertTrue(String.valueOf(told.getMessage()).length() > 10);
            }
        }
    }

    @Property(tries = 200)
    void answersAreReadAsTheyAreWritten(@ForAll KernelError.Code code, @ForAll @Size(5) List<Short> details) {
        KernelError error = error(code, details);
        WireAnswer answer = WireAnswer.of(error);
        WireAnswer read = WireAnswer.parse(answer.text());
        assertEquals(answer, read);
        Kernel kernel = new RemoteKernel(answering(answer.text()), Architecture.RISCV64);
        assertEquals(error, kernel.revoke(2, 3, 64));
        assertEquals(
                KernelError.illegalOperation(),
                new RemoteKernel(answering("error 207 Unsupported"), Architecture.RISCV64)
                        .unsupported(InvocationKind.ROTATE));
    }

    private static KernelError error(KernelError.Code code, List<Short> details) {
        int first = Math.abs(details.get(0));
        return switch (code) {
            case NO_ERROR -> KernelError.NO_ERROR;
            case INVALID_ARGUMENT -> KernelError.invalidArgument(first);
            case INVALID_CAPABILITY -> KernelError.invalidCapability(first);
            case ILLEGAL_OPERATION -> KernelError.illegalOperation();
            case RANGE_ERROR -> KernelError.rangeError(details.get(0), details.get(1));
            case ALIGNMENT_ERROR -> KernelError.alignmentError();
            case FAILED_LOOKUP ->
                KernelError.failedLookup(
                        details.get(1) > 0,
                        switch (first % 4) {
                            case 0 -> LookupFault.invalidRoot();
                            case 1 -> LookupFault.missingCapability(first % 65);
                            case 2 -> LookupFault.depthMismatch(first % 65, first % 7);
                            default -> LookupFault.guardMismatch(first % 65, details.get(2), first % 9);
                        });
            case TRUNCATED_MESSAGE -> KernelError.truncatedMessage();
            case DELETE_FIRST -> KernelError.deleteFirst();
            case REVOKE_FIRST -> KernelError.revokeFirst();
            case NOT_ENOUGH_MEMORY -> KernelError.notEnoughMemory(details.get(2));
        };
    }
}
