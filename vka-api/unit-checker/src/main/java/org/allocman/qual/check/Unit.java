package org.allocman.qual.check;

import java.lang.annotation.Annotation;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.UnknownUnit;
import org.allocman.qual.VirtAddr;

/** The units, and which unit a sum or a difference has. */
enum Unit {
    NONE(UnknownUnit.class, false),
    PHYS_ADDR(PhysAddr.class, true),
    VIRT_ADDR(VirtAddr.class, true),
    CPTR(CPtr.class, true),
    BYTES(Bytes.class, false),
    SIZE_BITS(SizeBits.class, false);

    private final Class<? extends Annotation> qualifier;
    private final boolean place;

    Unit(Class<? extends Annotation> qualifier, boolean place) {
        this.qualifier = qualifier;
        this.place = place;
    }

    Class<? extends Annotation> qualifier() {
        return qualifier;
    }

    static Unit of(String qualifierName) {
        for (Unit unit : values()) {
            if (unit.qualifier.getName().equals(qualifierName)) {
                return unit;
            }
        }
        return NONE;
    }

    /** Whether a number of this unit is wrong where one of the other is wanted, or meaningless to compare with it. */
    boolean isForeignTo(Unit other) {
        return this != NONE && other != NONE && this != other;
    }

    /** A place moved by a distance is a place; two distances make a distance. A number without a unit may be either. */
    Unit plus(Unit other) {
        if (place) {
            return other.place ? NONE : this;
        }
        return other.place || this == other ? other : NONE;
    }

    /** What lies between two places is a distance, in bytes if they are addresses. */
    Unit minus(Unit other) {
        if (place && other.place) {
            return this == other && this != CPTR ? BYTES : NONE;
        }
        // What is taken away without a unit may be a place itself.
        if (place) {
            return other == BYTES ? this : NONE;
        }
        return this == other || other == NONE ? this : NONE;
    }

    /** Whether adding the two makes no sense: two places, or bytes and their logarithm, or a cptr and bytes. */
    boolean cannotAdd(Unit other) {
        if (this == NONE || other == NONE) {
            return false;
        }
        return plus(other) == NONE || isSlotsAndBytes(other) || other.isSlotsAndBytes(this) || isPlaceAndBits(other);
    }

    private boolean isSlotsAndBytes(Unit other) {
        return this == CPTR && other == BYTES;
    }

    private boolean isPlaceAndBits(Unit other) {
        return place && other == SIZE_BITS || other.place && this == SIZE_BITS;
    }
}
