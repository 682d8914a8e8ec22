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
     * On x86: where an interrupt comes from if it comes over a line.
     *
     * @param ioApic which I/O APIC, from 0 on
     * @param pin which of its pins, from 0 on
     * @param isLevel whether a level triggers it, not an edge
     * @param isActiveLow whether low voltage means it is there
     */
    record IoApicPin(int ioApic, int pin, boolean isLevel, boolean isActiveLow) {}

    /**
     * On x86: where an interrupt comes from if it is a PCI device's message.
     *
     * @param bus 0 to 255
     * @param device 0 to 31
     * @param function 0 to 7
     * @param handle the device's own number of the message; nothing checks it
     */
    record MsiSource(int bus, int device, int function, int handle) {}

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
     * On x86, makes a handler's capability for the interrupt of an I/O APIC's pin ({@code seL4_IRQControl_GetIOAPIC}).
     *
     * @param control IRQ control
     * @param interrupt the number that it gets, 0 to 107 on a PC
     * @param pin the pin, and how it is triggered
     * @param to the destination, an empty slot
     * @return what {@link #get} returns, and {@link KernelError.Code#RANGE_ERROR} for a pin that there is not
     */
    default KernelError getIoApic(@CPtr long control, int interrupt, IoApicPin pin, CapPath to) {
        return KernelError.illegalOperation();
    }

    /**
     * On x86, makes a handler's capability for the interrupt that a PCI device's message is ({@code seL4_IRQControl_GetMSI}).
     *
     * @param control IRQ control
     * @param interrupt the number that it gets, 0 to 107 on a PC
     * @param source the device
     * @param to the destination, an empty slot
     * @return what {@link #get} returns, and {@link KernelError.Code#RANGE_ERROR} for a device that there cannot be
     */
    default KernelError getMsi(@CPtr long control, int interrupt, MsiSource source, CapPath to) {
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
