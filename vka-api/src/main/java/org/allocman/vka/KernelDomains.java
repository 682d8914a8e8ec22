package org.allocman.vka;

import org.allocman.qual.CPtr;

/**
 * The invocations of the domain capability (seL4 manual, "Domains"), as {@link Kernel#domains} has them: which domain a thread is in,
 * and how long each domain runs. A kernel that has none of them refuses each as an invocation that a capability does not have.
 */
public interface KernelDomains {
    /** Refuses everything. */
    KernelDomains NONE = new KernelDomains() {};

    /**
     * Puts a thread into a domain ({@code seL4_DomainSet_Set}).
     *
     * @param control control over domains
     * @param domain 0 to {@link Architecture#domains} less one
     * @param tcb the thread
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError set(@CPtr long control, int domain, @CPtr long tcb) {
        return KernelError.illegalOperation();
    }

    /**
     * Writes an entry of the schedule ({@code seL4_DomainSet_ScheduleConfigure}).
     *
     * @param control control over domains
     * @param index which entry; the last of the schedule is an end marker and stays one
     * @param domain which domain runs then; 0 in an end marker
     * @param duration ticks of the timer, less than 2^56; 0 makes the entry an end marker
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError configureSchedule(@CPtr long control, int index, int domain, long duration) {
        return KernelError.illegalOperation();
    }

    /**
     * Says with which entry the schedule begins, and begins with it ({@code seL4_DomainSet_ScheduleSetStart}).
     *
     * @param control control over domains
     * @param index an entry that is no end marker
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError startSchedule(@CPtr long control, int index) {
        return KernelError.illegalOperation();
    }
}
