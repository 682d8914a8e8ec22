package org.allocman.view.recording;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A run as it goes into a page: how the machine was, and what each step changed. Slots and words are told by physical
 * address; rows and values are shared, and told by their index.
 *
 * @param title what the page is about
 * @param command the command that makes the same run again
 * @param breaking the same command without a fault, for {@code --fail N} to be added; null if it has no such option
 * @param machine what does not change
 * @param chapters titles, in order
 * @param operations in the order in which they began
 * @param slots the slots that hold something at the start: address, row
 * @param words the words of the pools that are not zero at the start: address, value
 * @param steps in order
 * @param opening how many of them come before the one that a page opens at, and before the first that {@code --fail} counts
 * @param cut how many more steps there were than were recorded
 * @param rows the contents of slots
 * @param values the values of words, hexadecimal
 * @param cells pieces of memory with owners, or null
 */
record RunContent(
        String title,
        String command,
        @Nullable String breaking,
        MachineShape machine,
        List<String> chapters,
        List<Operation> operations,
        List<long[]> slots,
        List<long[]> words,
        List<RunStep> steps,
        int opening,
        long cut,
        List<CapabilityRow> rows,
        List<String> values,
        @Nullable CellContent cells) {}
