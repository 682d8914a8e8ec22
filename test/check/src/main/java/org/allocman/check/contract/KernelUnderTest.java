package org.allocman.check.contract;

import org.allocman.vka.BootInfo;
import org.allocman.vka.Kernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel that has just booted.
 *
 * @param kernel the kernel
 * @param bootInfo what it leaves the root task with: its own CNode in {@link org.allocman.vka.BootSlots#CNODE}, a normal untyped
 *     of 2^15 bytes or more, and 24 empty slots in the root CNode
 * @param space the root task's address space; null if nothing can be loaded and stored, then rules about that are left out
 */
public record KernelUnderTest(
        Kernel kernel, BootInfo bootInfo, @Nullable RootSpace space) {}
