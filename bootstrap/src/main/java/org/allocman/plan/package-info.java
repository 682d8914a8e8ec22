/**
 * How much is needed, before anything is booted: {@link org.allocman.plan.Planner} rehearses a bootstrap and a
 * {@link org.allocman.plan.Workload} and finds the least pools with which they succeed.
 *
 * <p>A rehearsal runs the manager itself, in a memory of its own, before a kernel that grants what is asked of it. Nothing
 * is estimated: what the manager does depends on nothing but its memory and the kernel's answers, so the run to come will
 * go the same way. These classes are neither kernel nor allocator, so they may keep state.
 */
@NullMarked
package org.allocman.plan;

import org.jspecify.annotations.NullMarked;
