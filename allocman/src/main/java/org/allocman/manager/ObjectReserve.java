package org.allocman.manager;

import static org.allocman.manager.ClientReserveRecord.SIZE;
import static org.allocman.manager.ClientReserveRecord.TYPE;

import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/** A reserve of objects of one type and size. */
record ObjectReserve(
        Architecture architecture, Memory memory, ReserveList list, ReserveStack stack, ManagedObjects objects)
        implements ReserveContent {
    @Override
    public long allocate(long reserve) {
        return objects.allocate(type(reserve), (int) SIZE.get(memory, reserve), 0);
    }

    @Override
    public void pushed() {
        list.addHeldObjects(1);
    }

    @Override
    public long take(long reserve) {
        list.addHeldObjects(-1);
        return stack.pop(reserve);
    }

    @Override
    public long releaseTop(long reserve) {
        long refusal = objects.free(stack.top(reserve));
        if (refusal == 0) {
            take(reserve);
        }
        return refusal;
    }

    @Override
    public String text(long reserve) {
        long size = SIZE.get(memory, reserve);
        ObjectType type = type(reserve);
        String plain = "objects of type " + type.text();
        return switch (type.kind()) {
            case CNODE -> "CNodes of 2^" + size + " slots";
            case UNTYPED -> "untypeds of 2^" + size + " bytes";
            default -> type.isSizedByCaller() ? plain + " of 2^" + size + " bytes" : plain;
        };
    }

    private ObjectType type(long reserve) {
        ObjectType type = architecture.typeWithIndex((int) TYPE.get(memory, reserve) - 1);
        if (type == null) {
            throw new IllegalStateException("a reserve of a type that the kernel does not have");
        }
        return type;
    }
}
