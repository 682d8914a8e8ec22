package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;

/** Where things are in the address space of a process (Xous, {@code kernel/src/services.rs}). */
public final class AddressLayout {
    /** How many addresses there are. */
    static final long ADDRESSES = 1L << 32;

    /** The kernel's windows, mapped in every process and seen by the kernel alone. */
    static final long[] KERNEL_WINDOWS = {0x0100_0000L, 0x0200_0000L, 0x0400_0000L};

    /**
     * How much of each window is PID 1's to map in: what one page table covers on every architecture, so that it costs no process
     * a page.
     */
    public static final @Bytes long KERNEL_WINDOW_BYTES = 2 << 20;

    /** The heap's first byte. */
    public static final @VirtAddr long HEAP = 0x2000_0000L;

    /** How large the heap may become if nobody says otherwise. */
    public static final @Bytes long HEAP_MOST = 512 << 10;

    /** Where messages appear. */
    static final long MESSAGES = 0x4000_0000L;

    static final long MESSAGES_BYTES = 4 << 20;

    /** Where memory appears for which no address was asked. */
    static final long DEFAULT = 0x6000_0000L;

    static final long DEFAULT_BYTES = 256 << 20;

    /** One past the first thread's stack. */
    public static final @VirtAddr long STACK_TOP = 0x8000_0000L;

    /** The first thread's stack, set aside at the start. */
    public static final @Bytes long STACK_BYTES = 128 << 10;

    /** One past the last address that a process may use. */
    private static final long USER_END = 0xff00_0000L;

    private AddressLayout() {}

    /** Whether a number of bytes or an address is no multiple of a page. */
    static boolean isUnaligned(long number) {
        return (number & PAGE - 1) != 0;
    }

    /** Whether an address is that of a window's own page. */
    static boolean isWindow(long address) {
        for (long window : KERNEL_WINDOWS) {
            if (window == address) {
                return true;
            }
        }
        return false;
    }

    /** Whether a range of 1 byte or more is PID 1's to map in: it lies in one window. */
    static boolean isOfKernel(long start, long size) {
        for (long window : KERNEL_WINDOWS) {
            long end = window + KERNEL_WINDOW_BYTES;
            if (start >= window && start < end && size <= end - start) {
                return true;
            }
        }
        return false;
    }

    /**
     * One past the last address that a process may use: Xous' own limit, or the kernel's beneath if that is lower.
     *
     * @param architecture the kernel's
     * @return the address
     */
    public static @VirtAddr long userEnd(Architecture architecture) {
        long top = architecture.userTop();
        return Long.compareUnsigned(top, USER_END) < 0 ? top & -PAGE : USER_END;
    }

    /**
     * The kernel's windows.
     *
     * @return their addresses, a fresh array
     */
    public static long[] kernelWindows() {
        return KERNEL_WINDOWS.clone();
    }
}
