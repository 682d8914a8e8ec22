package org.allocman.untyped;

import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/** Which object types can be made from device memory: frames and untypeds (seL4 manual, "Device untypeds"). */
final class DeviceTypes {
    private DeviceTypes() {}

    /** A bit for each type, as the kernel numbers them. */
    static long of(Architecture architecture) {
        long types = 0;
        for (ObjectType type : ObjectType.values()) {
            if (architecture.has(type) && (type == ObjectType.UNTYPED || type.isFrame())) {
                types |= 1L << architecture.number(type);
            }
        }
        return types;
    }

    /** Whether a type can be made from a kind of memory. */
    static boolean allow(long deviceTypes, MemoryKind kind, int type) {
        return kind == MemoryKind.KERNEL || (deviceTypes >>> type & 1) != 0;
    }
}
