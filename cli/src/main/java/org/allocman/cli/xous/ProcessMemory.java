package org.allocman.cli.xous;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Supplier;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.MemoryFault;
import org.allocman.xous.Pid;
import org.allocman.xous.XousError;
import org.allocman.xous.process.AddressLayout;

/** Memory as processes see it, through their page tables. What is not there yet comes at the first access. */
final class ProcessMemory {
    private final XousMachine machine;
    private final PhysicalMemory physical;
    private final PagedMemory window;
    private final long end;
    private int pid = Pid.FREE;

    ProcessMemory(XousMachine machine) {
        this.machine = machine;
        this.physical = machine.managed().machine().memory();
        this.end = AddressLayout.userEnd(machine.managed().machine().board().architecture());
        this.window = physical.window(address -> machine.space(pid).translate(address));
    }

    /** The first touch of a byte in every page of a range; answers the first page's, or the first error. */
    Either<XousError, Long> touch(int process, long start, long bytes) {
        Either<XousError, Long> first = machine.system().touch(process, start);
        Either<XousError, Long> next = first;
        for (long at = PAGE; at < bytes && next.isRight(); at += PAGE) {
            next = machine.system().touch(process, start + at);
        }
        return next.isRight() ? first : next;
    }

    /** Reads a word. */
    Either<XousError, Integer> load(int process, long address) {
        return access(process, address, () -> window.load32(record(address), inRecord(address)));
    }

    /** Writes a word. */
    Option<XousError> store(int process, long address, int value) {
        return access(process, address, () -> {
                    window.store32(record(address), inRecord(address), value);
                    return value;
                })
                .fold(Option::some, done -> Option.none());
    }

    private static long record(long address) {
        return address & -Integer.BYTES;
    }

    private static int inRecord(long address) {
        return (int) (address & Integer.BYTES - 1);
    }

    private Either<XousError, Integer> access(int process, long address, Supplier<Integer> access) {
        if (!machine.system().isRunning(process)) {
            return Either.left(XousError.PROCESS_NOT_FOUND);
        }
        pid = process;
        physical.forgetTranslations();
        try {
            return Either.right(access.get());
        } catch (MemoryFault notThere) {
            if (address < 0 || address >= end) {
                throw notThere;
            }
            Either<XousError, Long> touched = machine.system().touch(process, address);
            if (touched.isLeft() && touched.getLeft() != XousError.BAD_ADDRESS) {
                return Either.left(touched.getLeft());
            }
            return Either.right(access.get());
        }
    }
}
