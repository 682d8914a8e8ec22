/**
 * The memory of a microcontroller in the manner of uVisor, and all of its design: {@link org.allocman.uvisor.UvisorPlan}
 * places boxes and cuts the rest into blocks, {@link org.allocman.uvisor.Uvisor} is the running system, with an arena, a
 * stack, a pool of blocks between them, heaps of processes and threads, and an MPU that keeps boxes apart.
 *
 * <p>The parts, each in a package of its own and none knowing this one: {@code rules}, {@code box} (placement), {@code block}
 * (the pool), {@code guard} (the MPU), {@code heap} (memory of any size). Everything they know lies in memory.
 */
package org.allocman.uvisor;
