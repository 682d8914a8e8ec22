package org.allocman.view.recording;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The chapters of a recording, its operations, and which of them have not ended yet, one within another. */
final class OperationLog {
    /** The number of no operation. */
    static final int NONE = -1;

    private final List<String> chapters = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();

    int size() {
        return operations.size();
    }

    List<String> chapters() {
        return List.copyOf(chapters);
    }

    List<Operation> since(int first) {
        return List.copyOf(operations.subList(first, operations.size()));
    }

    void chapter(String title) {
        chapters.add(title);
    }

    /** Begins an operation within the innermost one; returns its number. */
    int begin(Operation.Kind kind, @Nullable String what, @SizeBits int bits, @Nullable String address) {
        int within = innermost();
        open.push(operations.size());
        operations.add(new Operation(kind, chapters.size() - 1, within, what, bits, address, null));
        return operations.size() - 1;
    }

    void answered(int operation, String answer) {
        operations.set(operation, operations.get(operation).answered(answer));
    }

    /** Ends an operation, and those begun in its course that nobody ended. */
    void end(int operation) {
        while (innermost() >= operation) {
            open.pop();
        }
    }

    /** The operation that goes on and has no other one within it, or NONE. */
    int innermost() {
        Integer innermost = open.peek();
        return innermost == null ? NONE : innermost;
    }

    boolean isIn(Operation.Kind kind) {
        int innermost = innermost();
        return innermost != NONE && operations.get(innermost).kind() == kind;
    }

    /** Forgets the operations from a number on. None goes on after that. */
    void forget(int first) {
        operations.subList(first, operations.size()).clear();
        open.clear();
    }
}
