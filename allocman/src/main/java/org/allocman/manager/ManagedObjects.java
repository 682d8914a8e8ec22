package org.allocman.manager;

import org.allocman.events.AllocationEvent;
import org.allocman.events.FreeEvent;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/** Allocates and frees kernel objects: checks the request, grows the pools if that is what it lacks, records the event. */
final class ManagedObjects {
    private final Architecture architecture;
    private final UntypedManager untypeds;
    private final PoolGrowth growth;

    ManagedObjects(Architecture architecture, UntypedManager untypeds, PoolGrowth growth) {
        this.architecture = architecture;
        this.untypeds = untypeds;
        this.growth = growth;
    }

    /** The refusal of a type or a size, or 0. */
    long checkSize(ObjectType type, int size) {
        if (!architecture.has(type)) {
            return Refusal.UNKNOWN_TYPE;
        }
        if (type.isSizedByCaller()) {
            if (size < architecture.leastSize(type) || size > architecture.mostSize(type)) {
                return Refusal.ILLEGAL_SIZE;
            }
        }
        return 0;
    }

    long allocate(ObjectType type, int size, long slot) {
        long refusal = checkSize(type, size);
        return refusal != 0 ? refusal : allocate(MemoryKind.KERNEL, type, size, slot);
    }

    long allocateMaybeDevice(ObjectType type, int size, long slot) {
        long refusal = checkSize(type, size);
        if (refusal != 0) {
            return refusal;
        }
        if (type == ObjectType.UNTYPED || type.isFrame()) {
            long handle = allocate(MemoryKind.DEVICE_RAM, type, size, slot);
            if (handle > 0) {
                return handle;
            }
        }
        return allocate(MemoryKind.KERNEL, type, size, slot);
    }

    private long allocate(MemoryKind kind, ObjectType type, int size, long slot) {
        int number = architecture.number(type);
        int bits = architecture.sizeBits(type, size);
        AllocationEvent event = AllocationEvent.start();
        long handle = untypeds.allocate(kind, number, size, bits, slot, Requester.CLIENT);
        if (handle < 0) {
            handle = growth.retry(handle, () -> untypeds.allocate(kind, number, size, bits, slot, Requester.CLIENT));
        }
        growth.fill();
        if (event != null) {
            event.over(type.text(), bits, kind.text(), handle, address(handle, 0), Refusal.text(handle));
        }
        return handle;
    }

    long allocateAt(ObjectType type, int size, long paddr, long slot) {
        long refusal = checkSize(type, size);
        if (refusal != 0) {
            return refusal;
        }
        int number = architecture.number(type);
        int bits = architecture.sizeBits(type, size);
        if ((paddr & (1L << bits) - 1) != 0) {
            return Refusal.UNALIGNED;
        }
        AllocationEvent event = AllocationEvent.start();
        long handle = untypeds.allocateAt(number, size, bits, paddr, slot, Requester.CLIENT);
        if (handle < 0) {
            handle = growth.retry(handle, () -> untypeds.allocateAt(number, size, bits, paddr, slot, Requester.CLIENT));
        }
        growth.fill();
        if (event != null) {
            MemoryKind kind = untypeds.table().kindAt(paddr);
            event.over(
                    type.text(),
                    bits,
                    kind == null ? "" : kind.text(),
                    handle,
                    address(handle, paddr),
                    Refusal.text(handle));
        }
        return handle;
    }

    private long address(long handle, long otherwise) {
        return handle > 0 ? untypeds.physicalAddress(handle) : otherwise;
    }

    long free(long handle) {
        FreeEvent event = FreeEvent.start();
        long refusal = untypeds.free(handle);
        if (refusal == 0) {
            growth.reclaim();
        }
        if (event != null) {
            event.over(handle, Refusal.text(refusal));
        }
        return refusal;
    }
}
