package org.allocman.check.contract;

import java.util.function.Consumer;

/**
 * A rule that a kernel keeps or not.
 *
 * @param name its name, for reports
 * @param part what it is about
 * @param level who wants it
 * @param says what holds, a sentence
 * @param body asks a fresh kernel
 */
public record KernelRule(String name, KernelPart part, KernelLevel level, String says, Body body) {
    /** Asks a kernel. */
    @FunctionalInterface
    public interface Body extends Consumer<KernelRig> {}

    static KernelRule manager(String name, KernelPart part, String says, Body body) {
        return new KernelRule(name, part, KernelLevel.MANAGER, says, body);
    }

    static KernelRule seL4(String name, KernelPart part, String says, Body body) {
        return new KernelRule(name, part, KernelLevel.SEL4, says, body);
    }
}
