package org.allocman.vka.args;

import java.nio.charset.StandardCharsets;

/**
 * The forms of the arguments: a list of tags that begins with {@code XArg} and has the other ranges in {@code MREx}, as
 * Xous is started today; and {@code MBLK}, as its first design had it, binary or as text. Which one a file is, its first
 * bytes tell.
 */
public final class ArgumentsFile {
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
     * @return true if it begins as one of the forms does
     */
    public static boolean isOne(byte[] content) {
        return begins(content, TagList.ARGUMENTS) || begins(content, BlockList.NAME);
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
        KernelArguments found;
        if (begins(content, TagList.ARGUMENTS)) {
            found = TagList.read(content, checksums == Checksums.CHECKED);
        } else if (begins(content, BlockList.NAME + ",")) {
            found = BlockText.read(new String(content, StandardCharsets.ISO_8859_1));
        } else if (begins(content, BlockList.NAME)) {
            found = BlockList.read(content, checksums == Checksums.CHECKED);
        } else {
            throw new ArgumentsException("byte 0x0", "arguments begin with XArg or MBLK");
        }
        KernelArguments.check(found.ranges(), KernelArguments.END);
        return found;
    }

    /**
     * Where arguments end. An image of Xous carries the programs behind them; zeros that pad a file are none of anything.
     *
     * @param content the bytes of arguments that {@link #read} takes
     * @return how many bytes are arguments or zeros behind them; less than there are if something else is behind
     */
    public static int end(byte[] content) {
        return begins(content, TagList.ARGUMENTS) ? TagList.end(content) : content.length;
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
