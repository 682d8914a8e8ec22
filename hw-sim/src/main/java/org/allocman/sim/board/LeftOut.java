package org.allocman.sim.board;

import java.util.Locale;
import org.allocman.qual.Bytes;

/**
 * Memory that is there but that the root task cannot have as memory, and why.
 *
 * @param reason why
 * @param number in how many pieces it is
 * @param bytes how much it is
 */
public record LeftOut(Reason reason, long number, @Bytes long bytes) {
    /** Why memory is not to be had as memory. */
    public enum Reason {
        /** No 32-bit kernel has addresses for it, or no memory can be simulated there. */
        BEYOND_ADDRESSES("RAM beyond the addresses that there are: nobody has it"),
        /** It lies below the first address at which the kernel can be loaded. */
        BELOW_KERNEL("RAM below the address at which the kernel is loaded: device memory"),
        /** It lies beyond what the kernel maps for itself. */
        BEYOND_WINDOW("RAM beyond the window that the kernel maps: device memory"),
        /** It lies beyond the last address for which there are device untypeds. */
        BEYOND_DEVICES("RAM beyond the last address for which there are untypeds: nobody has it"),
        /** The aarch32 kernel keeps the addresses of a section for itself. */
        KERNEL_SECTION("RAM under the section in which the kernel keeps hardware ASIDs: nobody has it"),
        /** The boot info holds no more untypeds. */
        MEMORY_UNTYPEDS("untypeds of memory that the boot info has no room for: nobody has them"),
        /** The boot info holds no more untypeds. */
        DEVICE_UNTYPEDS("device untypeds that the boot info has no room for: nobody has them"),
        /** It is smaller than the smallest untyped. */
        TOO_SMALL("pieces of memory smaller than the smallest untyped: nobody has them"),
        /** It is smaller than the smallest untyped. */
        DEVICE_TOO_SMALL("pieces of device addresses smaller than the smallest untyped: nobody has them");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /**
         * The reason in one word, for programs.
         *
         * @return for instance {@code beyond-window}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * The reason in words.
         *
         * @return what it is, and who has it then
         */
        public String text() {
            return text;
        }
    }
}
