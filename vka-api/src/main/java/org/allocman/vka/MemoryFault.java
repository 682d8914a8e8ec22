package org.allocman.vka;

import java.io.Serial;

/**
 * A load or store that the machine refuses: nothing is mapped there, it may not be written, it is misaligned, or its page was
 * pinned too long ago.
 */
public final class MemoryFault extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final long address;

    /** Why the access was refused. */
    public enum Reason {
        /** No page is mapped at the virtual address. */
        UNMAPPED("no page is mapped there"),
        /** The board has neither memory nor a device at the physical address. */
        NOTHING_THERE("the board has nothing at that physical address"),
        /** The page is mapped, but not for this kind of access. */
        NO_RIGHTS("the page may not be accessed in this way"),
        /** The address is not a multiple of the access's size. */
        MISALIGNED("the address is not a multiple of the access size"),
        /** The page was pinned, and may be another one by now. */
        STALE_PIN("the page was pinned before its mapping may have changed; pin it anew");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;

    /**
     * Makes a fault.
     *
     * @param reason why the access was refused
     * @param access what was tried, for instance {@code "64-bit load"}
     * @param address where, virtual or physical as the memory takes them
     */
    public MemoryFault(Reason reason, String access, long address) {
        super(access + " at 0x" + Long.toHexString(address) + ": " + reason.text);
        this.reason = reason;
        this.address = address;
    }

    /**
     * Where the access went.
     *
     * @return the address, virtual or physical as the memory takes them
     */
    public long address() {
        return address;
    }

    /**
     * Why it was refused.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
