package org.allocman.view.recording;

import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One step: an invocation with the book-keeping done since the one before, or the book-keeping that ends an operation.
 *
 * @param kind the invocation's name, {@code records} if there is none, {@code call} at the end of a call above the manager
 * @param operation the operation it is part of
 * @param arguments of the invocation, by name
 * @param error what the kernel answered, or null if it did what it was told
 * @param slots slots that changed: address, row before, row after (indexes of rows; negative for empty)
 * @param words words of the pools that changed: address, value before, value after (indexes of values)
 * @param cells pieces of memory that have another owner now: which, owner before, owner after
 * @param wrong what is wrong now: rules that are broken, or how a recording differs
 */
record RunStep(
        String kind,
        int operation,
        Map<String, Object> arguments,
        @Nullable String error,
        List<long[]> slots,
        List<long[]> words,
        List<int[]> cells,
        List<String> wrong) {
    RunStep found(List<String> more) {
        return new RunStep(kind, operation, arguments, error, slots, words, cells, more);
    }
}
