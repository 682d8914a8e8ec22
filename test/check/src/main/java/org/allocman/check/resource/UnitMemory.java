package org.allocman.check.resource;

import io.vavr.control.Either;
import org.allocman.manager.Allocman;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.untyped.Refusal;
import org.allocman.vka.ObjectType;

/** Memory for the units and the tables of a resource type, on a manager whose board nobody knows. */
final class UnitMemory {
    private UnitMemory() {}

    /**
     * Finds free normal memory for units, and reserves it if the manager of untypeds can.
     *
     * @param allocman the manager
     * @param bytes how much
     * @return where it begins, or a sentence that says why there is none
     */
    static Either<String, Long> memory(Allocman allocman, @Bytes long bytes) {
        @PhysAddr long paddr = allocman.untypeds().reserve(bytes);
        if (paddr != Refusal.CANNOT_RESERVE) {
            return paddr < 0 ? Either.left(sentence(bytes, paddr)) : Either.right(paddr);
        }
        if (!allocman.layout().untypeds().canFree()) {
            return Either.left("a manager that gives nothing back cannot have units that come and go");
        }
        long handle = allocman.allocate(ObjectType.UNTYPED, Long.SIZE - Long.numberOfLeadingZeros(bytes - 1), 0);
        if (handle < 0) {
            return Either.left(sentence(bytes, handle));
        }
        long found = allocman.untypeds().manager().physicalAddress(handle);
        long refusal = allocman.free(handle);
        return refusal == 0 ? Either.right(found) : Either.left(sentence(bytes, refusal));
    }

    private static String sentence(long bytes, long refusal) {
        return "there are no " + bytes + " bytes of free memory in one piece: " + Refusal.text(refusal);
    }

    /** Memory for a table; a sentence if there is none. */
    static Either<String, Long> table(Allocman allocman, @Bytes long bytes) {
        long table = allocman.memory().allocate((int) bytes);
        return table < 0
                ? Either.left("there is no memory for a table of " + bytes + " bytes: " + Refusal.text(table))
                : Either.right(table);
    }
}
