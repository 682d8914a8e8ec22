package org.allocman.check.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.allocman.vka.MemoryFault;
import org.allocman.wire.WireException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The contract of kernels: all rules, and how one is asked. */
public final class KernelRules {
    /** The seed of what is drawn at random if nobody says another one. */
    public static final long SEED = 20_260_101L;

    private static final List<KernelRule> ALL = collect();

    private KernelRules() {}

    /**
     * What came of a rule.
     *
     * @param rule which
     * @param kind whether it holds
     * @param why what is wrong with the last invocations, or why nothing can be said; empty if it holds
     * @param lines the last invocations with their answers, the newest last
     * @param invocations how many invocations there were
     */
    public record Verdict(KernelRule rule, Kind kind, String why, List<String> lines, long invocations) {
        /** Whether a rule holds. */
        public enum Kind {
            /** It holds. */
            HOLDS,
            /** It does not. */
            BROKEN,
            /** It says nothing about this kernel. */
            LEFT_OUT
        }

        /**
         * Copies the lines.
         *
         * @param rule which
         * @param kind whether it holds
         * @param why what is wrong with the last invocations, or why nothing can be said; empty if it holds
         * @param lines the last invocations with their answers, the newest last
         * @param invocations how many invocations there were
         */
        public Verdict {
            lines = List.copyOf(lines);
        }
    }

    private static List<KernelRule> collect() {
        List<KernelRule> all = new ArrayList<>();
        all.addAll(RetypeRules.all());
        all.addAll(DerivationRules.all());
        all.addAll(CapabilityRules.all());
        all.addAll(CNodeRules.all());
        all.addAll(PagingRules.all());
        all.addAll(MemoryRules.all());
        all.addAll(ThreadRules.all());
        all.addAll(SchedulingRules.all());
        all.addAll(PortRules.all());
        all.addAll(ManagerRule.all());
        return List.copyOf(all);
    }

    /**
     * All rules.
     *
     * @return those of the same part in a row
     */
    public static List<KernelRule> all() {
        return ALL;
    }

    /**
     * Asks a kernel about a rule.
     *
     * @param rule which
     * @param subject a kernel that has just booted
     * @param seed for what is drawn at random
     * @return what came of it
     */
    public static Verdict ask(KernelRule rule, Supplier<KernelUnderTest> subject, long seed) {
        KernelRig rig = null;
        try {
            rig = new KernelRig(subject.get(), seed);
            rule.body().accept(rig.started());
            return verdict(rule, Verdict.Kind.HOLDS, "", rig);
        } catch (RuleLeftOut nothing) {
            return verdict(rule, Verdict.Kind.LEFT_OUT, String.valueOf(nothing.getMessage()), rig);
        } catch (RuleBroken broken) {
            return verdict(rule, Verdict.Kind.BROKEN, String.valueOf(broken.getMessage()), rig);
        } catch (MemoryFault fault) {
            return verdict(rule, Verdict.Kind.BROKEN, "the kernel itself faults: " + fault.getMessage(), rig);
        } catch (WireException wire) {
            return verdict(rule, Verdict.Kind.BROKEN, String.valueOf(wire.getMessage()), rig);
        }
    }

    private static Verdict verdict(KernelRule rule, Verdict.Kind kind, String why, @Nullable KernelRig rig) {
        return rig == null
                ? new Verdict(rule, kind, why, List.of(), 0)
                : new Verdict(rule, kind, why, rig.kernel.lines(), rig.kernel.count());
    }
}
