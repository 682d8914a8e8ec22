package org.allocman.vka;

import org.allocman.qual.CPtr;

/**
 * The invocations of IRQ control and of interrupt handlers (seL4 manual, "Interrupts"), as {@link Kernel#interrupts} has them. A
 * kernel that has none of them refuses each as an invocation that a capability does not have.
 */
public interface KernelInterrupts {
    /** Refuses everything. */
    KernelInterrupts NONE = new KernelInterrupts() {};

    /**
     * Makes a handler's capability for an interrupt ({@code seL4_IRQControl_Get}).
     *
     * @param control IRQ control
     * @param interrupt which
     * @param to the destination, an empty slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong: {@link KernelError.Code#RANGE_ERROR} for a number that there is not,
     *     {@link KernelError.Code#REVOKE_FIRST} for one that has a handler or is the kernel's own
     */
    default KernelError get(@CPtr long control, int interrupt, CapPath to) {
        return KernelError.illegalOperation();
    }

    /**
     * Makes a handler's capability and says how the interrupt is triggered ({@code seL4_IRQControl_GetTrigger}).
     *
     * @param control IRQ control
     * @param interrupt which
     * @param isEdge whether an edge triggers it, not a level
     * @param to the destination, an empty slot
     * @return what {@link #get} returns; {@link KernelError.Code#ILLEGAL_OPERATION} where triggers cannot be told apart
     */
    default KernelError getTrigger(@CPtr long control, int interrupt, boolean isEdge, CapPath to) {
        return KernelError.illegalOperation();
    }

    /**
     * Makes a capability that sends a software-generated interrupt, on Arm ({@code seL4_IRQControl_IssueSGISignal}).
     *
     * @param control IRQ control
     * @param interrupt which, 0 to 15
     * @param target the core it goes to, 0 to 7
     * @param to the destination, an empty slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError issueSgi(@CPtr long control, int interrupt, int target, CapPath to) {
        return KernelError.illegalOperation();
    }

    /**
     * Lets the interrupt come again ({@code seL4_IRQHandler_Ack}).
     *
     * @param handler an interrupt's handler
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError acknowledge(@CPtr long handler) {
        return KernelError.illegalOperation();
    }

    /**
     * Says which notification the interrupt signals ({@code seL4_IRQHandler_SetNotification}). The kernel keeps a copy of the
     * capability, which is derived from it.
     *
     * @param handler an interrupt's handler
     * @param notification a notification that may be written
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError setNotification(@CPtr long handler, @CPtr long notification) {
        return KernelError.illegalOperation();
    }

    /**
     * Takes the notification from the interrupt again ({@code seL4_IRQHandler_Clear}).
     *
     * @param handler an interrupt's handler
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError clear(@CPtr long handler) {
        return KernelError.illegalOperation();
    }
}
