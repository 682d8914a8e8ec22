package org.allocman.untyped;

import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/** Which object types can be made from device memory: frames and untypeds (seL4 manual, "Device untypeds"). */
final class DeviceTypes {
    private final long types;

    private DeviceTypes(long types) {
        this.types = types;
    }

    static DeviceTypes of(Architecture architecture) {
        long types = 0;
        for (ObjectType type : architecture.types()) {
            if (type == ObjectType.UNTYPED || type.isFrame()) {
                types |= 1L << architecture.number(type);
            }
        }
        return new DeviceTypes(types);
    }

    /** Whether a type can be made from a kind of memory. */
    boolean allow(MemoryKind kind, int type) {
        return kind == MemoryKind.KERNEL || (types >>> type & 1) != 0;
    }
}
