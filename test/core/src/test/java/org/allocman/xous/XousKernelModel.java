package org.allocman.xous;

import java.util.List;
import java.util.Map;

/** The calls of {@link XousModel} that PID 1 makes, which maps in every process what none of them sees. */
abstract class XousKernelModel extends XousModelState {
    private static final long WINDOW_BYTES = 2 << 20;

    XousKernelModel(List<long[]> areas, XousRules rules) {
        super(areas, rules);
    }

    private static boolean isWindow(long address) {
        for (long window : WINDOWS) {
            if (window == address) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfKernel(long start, long size) {
        for (long window : WINDOWS) {
            if (start >= window && start + size <= window + WINDOW_BYTES) {
                return true;
            }
        }
        return false;
    }

    /** Whether the pages from a physical address on may be PID 1's or a process': 0, or why not. */
    long checkClaims(int pid, long physical, long size) {
        Map<Long, Frame> all = frames();
        for (long at = 0; at < size; at += PAGE) {
            long address = physical + at;
            if (address % PAGE != 0) {
                return code(XousError.BAD_ALIGNMENT);
            }
            if (!isListed(address)) {
                return code(XousError.BAD_ADDRESS);
            }
            Frame frame = all.get(address);
            boolean isRamOnce = isRam(address) && rules == XousRules.PULL_980;
            if (frame == null ? taken.contains(address) : frame.owner != pid || frame.lent || isRamOnce) {
                return code(XousError.MEMORY_IN_USE);
            }
        }
        return 0;
    }

    private boolean isFree(long start, long size) {
        for (long at = start; at < start + size; at += PAGE) {
            long address = at;
            if (kernel.containsKey(at)
                    || processes.values().stream().anyMatch(process -> process.cells.containsKey(address))) {
                return false;
            }
        }
        return true;
    }

    private long freeOfKernel(long size) {
        for (long window : WINDOWS) {
            for (long at = window; at + size <= window + WINDOW_BYTES; at += PAGE) {
                if (isFree(at, size)) {
                    return at;
                }
            }
        }
        return code(XousError.BAD_ADDRESS);
    }

    long mapOfKernel(long physical, long virtual, long size, int flags) {
        if (size <= 0 || (flags & ~0x3f) != 0) {
            return code(XousError.INVALID_SYSCALL);
        }
        if (physical == 0 || virtual != 0 && !isOfKernel(virtual, 1)) {
            return code(XousError.BAD_ADDRESS);
        }
        if (size % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        long start = virtual == 0 ? freeOfKernel(size) : virtual;
        if (!isOfKernel(start, size)) {
            return code(XousError.BAD_ADDRESS);
        }
        long error = checkClaims(1, physical, size);
        if (error != 0) {
            return error;
        }
        if (start % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        if (!isFree(start, size)) {
            return code(XousError.MEMORY_IN_USE);
        }
        Map<Long, Frame> all = frames();
        for (long at = 0; at < size; at += PAGE) {
            long address = physical + at;
            long word = isRam(address) ? 0 : deviceWords.getOrDefault(address, 0L);
            Frame frame = all.containsKey(address) ? all.get(address) : new Frame(address, 1, word);
            kernel.put(start + at, new Cell(Kind.OWN, flags, frame));
        }
        result = start;
        return 0;
    }

    long unmapOfKernel(long start, long size) {
        if (start == 0 || size <= 0) {
            return code(XousError.INVALID_SYSCALL);
        }
        if (start % PAGE != 0) {
            return code(XousError.BAD_ALIGNMENT);
        }
        if (!isOfKernel(start, size)) {
            return code(XousError.BAD_ADDRESS);
        }
        long error = 0;
        for (long at = start; at < start + size; at += PAGE) {
            Cell cell = isWindow(at) ? null : kernel.remove(at);
            error = isWindow(at) ? code(XousError.BAD_ADDRESS) : error;
            if (cell != null && kernel.values().stream().noneMatch(is -> is.frame == cell.frame)) {
                drop(cell.frame);
            }
        }
        return error;
    }

    /** At how many places the page is mapped that PID 1 has: in its own list, and in every process. */
    long placesOfKernel(Frame frame) {
        return kernel.values().stream().filter(cell -> cell.frame == frame).count() * (1 + processes.size());
    }
}
