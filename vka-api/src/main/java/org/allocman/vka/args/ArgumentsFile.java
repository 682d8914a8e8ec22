package org.allocman.vka.args;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The forms of the arguments: a list of tags that begins with {@code XArg} and has the other ranges in {@code MREx}, as
 * Xous is started today; and {@code MBLK}, as its first design had it, binary or as text. Which one a file is, its first
 * bytes tell.
 */
public final class ArgumentsFile {
    /** The bytes before the arguments in an image that is signed: Xous' loader finds the arguments behind them. */
    public static final int SIGNATURE_BYTES = 4096;

    private static final int XARG_WORDS = 5;

    private ArgumentsFile() {}

    /** Whether the checksums of tags are compared when arguments are read. The loader and kernel of Xous never do. */
    public enum Checksums {
        /** They must be right. */
        CHECKED,
        /** They may be anything. */
        IGNORED
    }

    /**
     * Whether a file looks like arguments.
     *
     * @param content its bytes
     * @return true if it begins as one of the forms does, or is a signed image
     */
    public static boolean isOne(byte[] content) {
        return begins(content, TagList.ARGUMENTS) || begins(content, BlockList.NAME) || isSigned(content);
    }

    /**
     * Whether a file looks like a signed image of Xous.
     *
     * @param content its bytes
     * @return true if arguments with tags follow behind {@value #SIGNATURE_BYTES} bytes
     */
    public static boolean isSigned(byte[] content) {
        int at = SIGNATURE_BYTES;
        return content.length >= at + 2 * Integer.BYTES
                && new String(content, at, Integer.BYTES, StandardCharsets.ISO_8859_1).equals(TagList.ARGUMENTS)
                && content[at + 6] == XARG_WORDS
                && content[at + 7] == 0;
    }

    /**
     * Reads arguments in any of the forms.
     *
     * @param content the bytes
     * @param checksums whether checksums are compared
     * @return what they say; {@link KernelArguments#check} holds of the ranges
     * @throws ArgumentsException if they are damaged or say what cannot be
     */
    public static KernelArguments read(byte[] content, Checksums checksums) throws ArgumentsException {
        return read(content, checksums, empty -> {}, note -> {});
    }

    /**
     * Reads arguments in any of the forms. A range without a byte describes nothing and is passed over, unless it is the
     * first, which is RAM.
     *
     * @param content the bytes
     * @param checksums whether checksums are compared
     * @param passedOver is told each range that is passed over
     * @param notes is told, a sentence each, what may have been meant otherwise: numbers in text that are whole pages in
     *     hexadecimal, and are decimal because nothing says so
     * @return what they say; {@link KernelArguments#check} holds of the ranges
     * @throws ArgumentsException if they are damaged or say what cannot be
     */
    public static KernelArguments read(
            byte[] content, Checksums checksums, Consumer<NamedRange> passedOver, Consumer<String> notes)
            throws ArgumentsException {
        if (!begins(content, TagList.ARGUMENTS) && !begins(content, BlockList.NAME) && isSigned(content)) {
            try {
                return read(unsigned(content), checksums, passedOver, notes);
            } catch (ArgumentsException wrong) {
                throw new ArgumentsException(
                        wrong.position() + " behind the " + SIGNATURE_BYTES + " bytes of the signature",
                        "" + wrong.getMessage());
            }
        }
        KernelArguments found;
        if (begins(content, TagList.ARGUMENTS)) {
            found = TagList.read(content, checksums == Checksums.CHECKED);
        } else if (begins(content, BlockList.NAME + ",")) {
            found = BlockText.read(new String(content, StandardCharsets.ISO_8859_1), notes);
        } else if (begins(content, BlockList.NAME)) {
            found = BlockList.read(content, checksums == Checksums.CHECKED);
        } else {
            throw new ArgumentsException("byte 0x0", "arguments begin with XArg or MBLK");
        }
        List<NamedRange> ranges = new ArrayList<>();
        for (NamedRange range : found.ranges()) {
            if (range.bytes() == 0 && !ranges.isEmpty()) {
                passedOver.accept(range);
            } else {
                ranges.add(range);
            }
        }
        KernelArguments.check(ranges, KernelArguments.END);
        return new KernelArguments(ranges, found.others());
    }

    /**
     * Where arguments end. An image of Xous carries the programs behind them; zeros that pad a file are none of anything.
     *
     * @param content the bytes of arguments that {@link #read} takes
     * @return how many bytes are a signature, arguments, or zeros behind them; less than there are if something else is behind
     */
    public static int end(byte[] content) {
        if (begins(content, TagList.ARGUMENTS)) {
            return TagList.end(content);
        }
        return isSigned(content) && !begins(content, BlockList.NAME)
                ? SIGNATURE_BYTES + TagList.end(unsigned(content))
                : content.length;
    }

    private static byte[] unsigned(byte[] content) {
        return Arrays.copyOfRange(content, SIGNATURE_BYTES, content.length);
    }

    /**
     * Writes the form with tags, checksums right.
     *
     * @param arguments what they shall say
     * @return the bytes
     * @throws ArgumentsException if it does not fit: {@link KernelArguments#check}, or more than 16,383 further ranges
     */
    public static byte[] tags(KernelArguments arguments) throws ArgumentsException {
        KernelArguments.check(arguments.ranges(), KernelArguments.END);
        return TagList.write(arguments);
    }

    /**
     * Writes the {@code MBLK} form as words: the name, a count, and start, length and name of each range.
     *
     * @param arguments what they shall say; other tags have no place here and are left out
     * @return the bytes
     * @throws ArgumentsException if {@link KernelArguments#check} does not hold
     */
    public static byte[] blocks(KernelArguments arguments) throws ArgumentsException {
        KernelArguments.check(arguments.ranges(), KernelArguments.END);
        return BlockList.write(arguments.ranges());
    }

    /**
     * Writes the {@code MBLK} form as text, a line for the count and one for each range.
     *
     * @param arguments what they shall say; other tags have no place here and are left out
     * @return the text
     * @throws ArgumentsException if {@link KernelArguments#check} does not hold, or a name does not fit between commas
     */
    public static String text(KernelArguments arguments) throws ArgumentsException {
        KernelArguments.check(arguments.ranges(), KernelArguments.END);
        return BlockText.write(arguments.ranges());
    }

    private static boolean begins(byte[] content, String text) {
        if (content.length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (content[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
