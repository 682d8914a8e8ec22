package org.allocman.check.invariants;

import java.util.Locale;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.kernel.CapabilityType;

/**
 * A capability found in a machine, read once.
 *
 * @param slot the slot it lies in
 * @param type what it is
 * @param base physical address of what it stands for
 * @param sizeBits size of what it stands for, in bits; negative if it stands for no memory
 * @param device whether it stands for device memory
 * @param free an untyped's watermark, in bytes from its start; 0 for other types
 */
public record Capability(
        @PhysAddr long slot,
        CapabilityType type,
        @PhysAddr long base,
        @SizeBits int sizeBits,
        boolean device,
        @Bytes long free) {
    boolean isMemory() {
        return sizeBits >= 0;
    }

    boolean isUntyped() {
        return type == CapabilityType.UNTYPED;
    }

    /** One past the last byte. */
    long end() {
        return base + (1L << sizeBits);
    }

    boolean contains(Capability other) {
        return base <= other.base && other.end() <= end();
    }

    boolean isSameRange(Capability other) {
        return base == other.base && sizeBits == other.sizeBits;
    }

    @Override
    public String toString() {
        String what = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String where = isMemory() ? " of 2^" + sizeBits + " bytes at 0x" + Long.toHexString(base) : "";
        return (device ? "device " : "") + what + where + " in slot 0x" + Long.toHexString(slot);
    }
}
