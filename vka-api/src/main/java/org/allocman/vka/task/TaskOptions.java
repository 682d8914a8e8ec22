package org.allocman.vka.task;

import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.BootSlots;
import org.allocman.vka.KernelScheduling.Allotment;
import org.allocman.vka.PageSize;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a task has.
 *
 * @param radix radix of its CSpace, one CNode; 5 or more, so that the first slots have room
 * @param ipcBuffer address of its IPC buffer in its address space, a multiple of 4096
 * @param asidPool the ASID pool that its address space gets its ASID from
 * @param faultEndpoint cptr of its fault handler in the caller's CSpace; 0 for none
 * @param faultBadge what a fault message tells the handler
 * @param authority a thread whose greatest priority is the limit for those of the task
 * @param priority its priority, 0 to 255
 * @param maxPriority the greatest priority that it may give, 0 to 255
 * @param schedControl with MCS control over the time of its core; ignored without
 * @param time with MCS the time of its scheduling context; null for none, without MCS in any case
 */
public record TaskOptions(
        @SizeBits int radix,
        @VirtAddr long ipcBuffer,
        @CPtr long asidPool,
        @CPtr long faultEndpoint,
        long faultBadge,
        @CPtr long authority,
        int priority,
        int maxPriority,
        @CPtr long schedControl,
        @Nullable Allotment time) {
    private static final @SizeBits int LEAST_RADIX = 5;
    private static final int MOST_PRIORITY = 255;

    /**
     * Checks the numbers.
     *
     * @param radix radix of its CSpace, 5 or more
     * @param ipcBuffer address of its IPC buffer in its address space, a multiple of 4096
     * @param asidPool the ASID pool that its address space gets its ASID from
     * @param faultEndpoint cptr of its fault handler in the caller's CSpace; 0 for none
     * @param faultBadge what a fault message tells the handler
     * @param authority a thread whose greatest priority is the limit for those of the task
     * @param priority its priority, 0 to 255
     * @param maxPriority the greatest priority that it may give, 0 to 255
     * @param schedControl with MCS control over the time of its core
     * @param time with MCS the time of its scheduling context; null for none
     * @throws IllegalArgumentException if a number is out of its range
     */
    public TaskOptions {
        if (radix < LEAST_RADIX) {
            throw new IllegalArgumentException("a task's CSpace has a radix of 5 or more, not " + radix);
        }
        if (ipcBuffer % PageSize.PAGE != 0) {
            throw new IllegalArgumentException("an IPC buffer is at a multiple of 4096 here");
        }
        if (priority < 0 || priority > MOST_PRIORITY || maxPriority < 0 || maxPriority > MOST_PRIORITY) {
            throw new IllegalArgumentException("a priority is 0 to 255");
        }
    }

    /**
     * A task that the root task starts, of the least priority, without a fault handler and without time.
     *
     * @param radix radix of its CSpace, 5 or more
     * @param ipcBuffer address of its IPC buffer in its address space, a multiple of 4096
     * @return the options
     */
    public static TaskOptions ofRootTask(@SizeBits int radix, @VirtAddr long ipcBuffer) {
        return new TaskOptions(radix, ipcBuffer, BootSlots.ASID_POOL, 0, 0, BootSlots.TCB, 0, 0, 0, null);
    }

    /**
     * The same with a fault handler.
     *
     * @param endpoint cptr of an endpoint in the caller's CSpace
     * @param badge what a fault message tells the handler
     * @return new options
     */
    public TaskOptions withFaultEndpoint(@CPtr long endpoint, long badge) {
        return new TaskOptions(
                radix, ipcBuffer, asidPool, endpoint, badge, authority, priority, maxPriority, schedControl, time);
    }

    /**
     * The same with other priorities.
     *
     * @param own its priority, 0 to 255
     * @param most the greatest priority that it may give, 0 to 255
     * @return new options
     */
    public TaskOptions withPriority(int own, int most) {
        return new TaskOptions(
                radix, ipcBuffer, asidPool, faultEndpoint, faultBadge, authority, own, most, schedControl, time);
    }

    /**
     * The same with time; on a kernel with MCS.
     *
     * @param control control over the time of its core
     * @param allotment its time
     * @return new options
     */
    public TaskOptions withTime(@CPtr long control, Allotment allotment) {
        return new TaskOptions(
                radix,
                ipcBuffer,
                asidPool,
                faultEndpoint,
                faultBadge,
                authority,
                priority,
                maxPriority,
                control,
                allotment);
    }
}
