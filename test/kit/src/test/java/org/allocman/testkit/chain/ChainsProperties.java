package org.allocman.testkit.chain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.state.ActionChain;
import org.allocman.check.action.Chain;
import org.allocman.check.action.ChainRun;
import org.allocman.check.action.Subject;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;
import org.allocman.sim.board.Boards;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;

/** Chains of every machine keep every law; of a broken one a short chain is left and saved. */
class ChainsProperties {
    private static final Path DIRECTORY = Path.of("target", "chains");
    private static final Path OWN = DIRECTORY.resolve("own.txt");
    private static final Path BROKEN = DIRECTORY.resolve("broken.txt");

    @Property(tries = 60)
    void kernel(@ForAll("kernels") ActionChain<ChainRun> chain) {
        chain.run();
    }

    @Property(tries = 25)
    void allocman(@ForAll("managers") ActionChain<ChainRun> chain) {
        chain.run();
    }

    @Property(tries = 25)
    void vka(@ForAll("faces") ActionChain<ChainRun> chain) {
        chain.run();
    }

    @Property(tries = 60)
    void xous(@ForAll("pages") ActionChain<ChainRun> chain) {
        chain.run();
    }

    @Property(tries = 60)
    void uvisor(@ForAll("pools") ActionChain<ChainRun> chain) {
        chain.run();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.FULL)
    @AddLifecycleHook(FailsWithAShortChain.class)
    void aManagerOnABrokenKernel(@ForAll("brokenManagers") ActionChain<ChainRun> chain) {
        chain.run();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.FULL)
    @AddLifecycleHook(FailsAndSaysHow.class)
    void aSubjectOfOnesOwn(@ForAll("own") ActionChain<ChainRun> chain) {
        chain.run();
    }

    @Provide
    Arbitrary<ActionChain<ChainRun>> own() {
        return Chains.of(new Tripwire(), 0, OWN).withMaxTransformations(60);
    }

    @Provide
    Arbitrary<ActionChain<ChainRun>> kernels() throws Exception {
        return chains(SystemKind.KERNEL, 8, 0, real -> real, DIRECTORY.resolve("kernel.txt"));
    }

    @Provide
    Arbitrary<ActionChain<ChainRun>> managers() throws Exception {
        return chains(SystemKind.ALLOCMAN, 6, 3, real -> real, DIRECTORY.resolve("allocman.txt"));
    }

    @Provide
    Arbitrary<ActionChain<ChainRun>> faces() throws Exception {
        return chains(SystemKind.VKA, 6, 3, real -> real, DIRECTORY.resolve("vka.txt"));
    }

    @Provide
    Arbitrary<ActionChain<ChainRun>> pages() throws Exception {
        return chains(SystemKind.XOUS, 8, 0, real -> real, DIRECTORY.resolve("xous.txt"));
    }

    @Provide
    Arbitrary<ActionChain<ChainRun>> pools() throws Exception {
        return chains(SystemKind.UVISOR, 6, 0, real -> real, DIRECTORY.resolve("uvisor.txt"));
    }

    @Provide
    Arbitrary<ActionChain<ChainRun>> brokenManagers() throws Exception {
        return chains(SystemKind.ALLOCMAN, 3, 0, DeletesNothing::new, BROKEN);
    }

    private static Arbitrary<ActionChain<ChainRun>> chains(
            SystemKind kind, int size, int faults, UnaryOperator<Kernel> wrapper, Path file) throws Exception {
        SystemOptions options = new SystemOptions(Boards.byName("tiny"), size, faults, true);
        Subject subject = kind.subject(options, wrapper);
        if (subject == null) {
            throw new AssertionError(kind);
        }
        return Chains.of(subject, kind, options, file).withMaxTransformations(25);
    }

    /** Says that everything derived was revoked, and revokes nothing. */
    private static final class DeletesNothing extends ForwardingKernel {
        DeletesNothing(Kernel kernel) {
            super(kernel);
        }

        @Override
        public KernelError revoke(long root, long index, int depth) {
            return KernelError.NO_ERROR;
        }
    }

    /** Turns a failure with a short table and a short file into a success, and anything else into a failure. */
    private static final class FailsWithAShortChain implements AroundPropertyHook {
        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
                throws Throwable {
            Files.deleteIfExists(BROKEN);
            PropertyExecutionResult result = property.execute();
            String message = result.throwable().map(Throwable::toString).orElse("no chain failed");
            List<String> steps = Chain.parse(Files.readAllLines(BROKEN)).steps();
            return steps.size() <= 3
                            && message.contains("what changed")
                            && message.contains("allocman's own allocman does not break that rule")
                            && message.contains("ChainRun.replay(subject, ")
                    ? result.mapToSuccessful()
                    : result.mapToFailed(new AssertionError(steps + "\n" + message));
        }
    }

    /** The file names the class, and the failure says how to make the command find it; and Java finds it as well. */
    private static final class FailsAndSaysHow implements AroundPropertyHook {
        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
                throws Throwable {
            Files.deleteIfExists(OWN);
            PropertyExecutionResult result = property.execute();
            String message = result.throwable().map(Throwable::toString).orElse("no chain failed");
            Chain chain = Chain.read(OWN);
            return chain.steps().size() == 3
                            && chain.system().equals(Tripwire.class.getName())
                            && ChainRun.replay(new Tripwire(), chain).violation() != null
                            && message.contains("allocman replay chain --with JAR " + OWN)
                    ? result.mapToSuccessful()
                    : result.mapToFailed(new AssertionError(chain + "\n" + message));
        }
    }
}
