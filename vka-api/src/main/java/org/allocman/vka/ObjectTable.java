package org.allocman.vka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The object types of a kernel, found by what names them: their number in a retype, their index, their name, a frame's size. */
final class ObjectTable {
    private final @Nullable ObjectEntry[] byNumber;
    private final @Nullable ObjectEntry[] byIndex;
    private final List<ObjectType> types;
    private final List<ObjectType> frames;

    ObjectTable(List<ObjectEntry> entries) {
        int numbers = 0;
        int indices = 0;
        for (ObjectEntry entry : entries) {
            numbers = Math.max(numbers, entry.number() + 1);
            indices = Math.max(indices, entry.type().index() + 1);
        }
        this.byNumber = new @Nullable ObjectEntry[numbers];
        this.byIndex = new @Nullable ObjectEntry[indices];
        List<ObjectEntry> framesFound = new ArrayList<>();
        for (ObjectEntry entry : entries) {
            byNumber[entry.number()] = entry;
            byIndex[entry.type().index()] = entry;
            if (entry.type().isFrame()) {
                framesFound.add(entry);
            }
        }
        framesFound.sort(Comparator.comparingInt(ObjectEntry::sizeBits));
        this.frames = framesFound.stream().map(ObjectEntry::type).toList();
        this.types = entries.stream()
                .map(ObjectEntry::type)
                .sorted(Comparator.comparingInt(ObjectType::index))
                .toList();
    }

    /** All types, in the order of their index. */
    List<ObjectType> types() {
        return types;
    }

    /** The frame types, smallest first. */
    List<ObjectType> frames() {
        return frames;
    }

    /** The entry of a type, or null if the kernel does not have it. */
    @Nullable
    ObjectEntry find(ObjectType type) {
        ObjectEntry entry = withIndex(type.index());
        // the index says it all for seL4's types; two kernels of one's own may have a type each with one index
        return entry != null && entry.type().equals(type) ? entry : null;
    }

    @Nullable
    ObjectEntry withIndex(int index) {
        return index >= 0 && index < byIndex.length ? byIndex[index] : null;
    }

    @Nullable
    ObjectEntry withNumber(long number) {
        return number >= 0 && number < byNumber.length ? byNumber[(int) number] : null;
    }

    @Nullable
    ObjectType named(String name) {
        for (ObjectType type : types) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    @Nullable
    ObjectType frame(@SizeBits int sizeBits) {
        for (ObjectType frame : frames) {
            ObjectEntry entry = find(frame);
            if (entry != null && entry.sizeBits() == sizeBits) {
                return frame;
            }
        }
        return null;
    }
}
