package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.allocman.check.contract.KernelLevel;
import org.allocman.check.contract.KernelPart;
import org.allocman.check.contract.KernelRule;
import org.allocman.check.contract.KernelRules;
import org.allocman.check.contract.KernelRules.Verdict;
import org.allocman.check.contract.KernelUnderTest;
import org.allocman.check.contract.RootSpace;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a {@link Kernel} has to answer: seL4's checks in seL4's order with seL4's details, watermarks, who is derived from whom,
 * what is mapped and what frames hold (seL4 manual, "Capability spaces" and "Kernel services"). All is seen through invocations,
 * loads and stores. Each of {@link KernelRules} is a test; a kernel that is not seL4 says with {@link #components} and {@link #level} what it is held to.
 */
public abstract class KernelContract {
    /**
     * A kernel that has just booted.
     *
     * @param kernel the kernel
     * @param bootInfo what it leaves the root task with: its own CNode in {@link BootSlots#CNODE}, a normal untyped of
     *     2^15 bytes or more, and 24 empty slots in the root CNode
     * @param space the root task's address space; null if nothing can be loaded and stored, then rules about that say nothing
     */
    public record Subject(
            Kernel kernel, BootInfo bootInfo, @Nullable RootSpace space) {
        /**
         * A kernel of whose memory nothing is known.
         *
         * @param kernel the kernel
         * @param bootInfo what it leaves the root task with
         */
        public Subject(Kernel kernel, BootInfo bootInfo) {
            this(kernel, bootInfo, null);
        }
    }

    /** For those who extend it. */
    protected KernelContract() {}

    /**
     * Makes a kernel.
     *
     * @return a fresh one
     */
    protected abstract Subject subject();

    /**
     * Which parts the kernel has; rules about others are left out.
     *
     * @return all, unless an extension says otherwise
     */
    protected Set<KernelPart> components() {
        return EnumSet.allOf(KernelPart.class);
    }

    /**
     * What the kernel is held to: to what the manager needs, or to all that seL4 does.
     *
     * @return {@link KernelLevel#SEL4}, unless an extension says otherwise
     */
    protected KernelLevel level() {
        return KernelLevel.SEL4;
    }

    /**
     * The seed of what is drawn at random.
     *
     * @return {@link KernelRules#SEED}, unless an extension says otherwise
     */
    protected long seed() {
        return KernelRules.SEED;
    }

    /** {@return a test for each rule that the kernel is held to} */
    @TestFactory
    Stream<DynamicTest> rules() {
        Set<KernelPart> held = components();
        return KernelRules.all().stream()
                .filter(rule -> held.contains(rule.part()) && rule.level().compareTo(level()) <= 0)
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> holds(rule)));
    }

    private void holds(KernelRule rule) {
        Verdict verdict = KernelRules.ask(
                rule,
                () -> {
                    Subject subject = subject();
                    return new KernelUnderTest(subject.kernel, subject.bootInfo, subject.space);
                },
                seed());
        if (verdict.kind() == Verdict.Kind.BROKEN) {
            fail(rule.says() + " " + verdict.why() + "; seed " + seed() + ", the last invocations:\n  "
                    + String.join("\n  ", verdict.lines()));
        }
    }
}
