package org.allocman.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.allocman.qual.SizeBits;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a command is told, as it was written. */
public sealed interface Operand {
    /**
     * How it is written.
     *
     * @return text that reads as this again
     */
    String text();

    /**
     * A number, or a name and a number behind it.
     *
     * @param name the name, or null
     * @param number the number, or what is added to what the name stands for
     */
    record Value(@Nullable String name, long number) implements Operand {
        private static final long SHORT = 4096;

        @Override
        public String text() {
            if (name == null) {
                return number(number);
            }
            return number == 0 ? name : name + "+" + number(number);
        }

        private static String number(long number) {
            return Long.compareUnsigned(number, SHORT) < 0 ? Long.toString(number) : "0x" + Long.toHexString(number);
        }
    }

    /**
     * A place for a capability: a cptr; or a place in a CNode, by index and depth; or a slot of a CNode that is found so.
     *
     * @param root the cptr, or that of the CNode
     * @param index the place in the CNode, or null
     * @param depth how many bits of the index count, or null for as many as the CNode resolves
     * @param offset a slot of the CNode at that place, or null
     */
    record Place(
            Value root,
            @Nullable Value index,
            @Nullable Value depth,
            @Nullable Value offset) implements Operand {
        @Override
        public String text() {
            return root.text()
                    + (index == null ? "" : "/" + index.text())
                    + (depth == null ? "" : ":" + depth.text())
                    + (offset == null ? "" : "/" + offset.text());
        }
    }

    /**
     * What to make.
     *
     * @param type the kind; null for a frame of a size, or for a number
     * @param number the type's number, if it was given by number; otherwise negative
     * @param size size bits of an untyped or a frame, radix of a CNode; negative if none was given
     */
    record Type(
            @Nullable ObjectType type, int number, @SizeBits int size) implements Operand {
        /** The word for a frame of any size. */
        static final String FRAME = "frame";

        /** The types of seL4. */
        static final List<ObjectType> SEL4 = List.of(ObjectType.values());

        @Override
        public String text() {
            String what = type != null ? word(type) : number >= 0 ? Integer.toString(number) : FRAME;
            return size < 0 ? what : what + " " + size;
        }

        /**
         * The word for a kind of object.
         *
         * @param type the kind
         * @return for instance {@code page-table}
         */
        public static String word(ObjectType type) {
            return type.text().toLowerCase(Locale.ROOT).replace(' ', '-');
        }

        /** The words for kinds of objects. */
        static List<String> words(List<ObjectType> types) {
            List<String> words = new ArrayList<>();
            words.add(FRAME);
            for (ObjectType type : types) {
                words.add(word(type));
            }
            return words;
        }
    }

    /**
     * Rights.
     *
     * @param rights the four bits
     */
    record Rights(CapRights rights) implements Operand {
        /** The letters of the rights, by their bits. */
        static final String LETTERS = "wrgp";

        @Override
        public String text() {
            if (rights.bits() == 0) {
                return "none";
            }
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < LETTERS.length(); bit++) {
                if ((rights.bits() >>> bit & 1) != 0) {
                    text.append(LETTERS.charAt(bit));
                }
            }
            return text.toString();
        }
    }

    /**
     * A guard.
     *
     * @param value the bits
     * @param bits how many
     */
    record Guard(long value, int bits) implements Operand {
        @Override
        public String text() {
            return new Value(null, value).text() + ":" + bits;
        }
    }

    /** A word that is there or not. */
    record Flag() implements Operand {
        @Override
        public String text() {
            return "";
        }
    }
}
