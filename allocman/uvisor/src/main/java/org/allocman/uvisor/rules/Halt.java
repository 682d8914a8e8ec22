package org.allocman.uvisor.rules;

/**
 * Why a configuration cannot start. uVisor halts with {@code SANITY_CHECK_FAILED} in these cases.
 *
 * @param message a sentence with the numbers
 */
public record Halt(String message) {
    /**
     * An address or a size as messages show it.
     *
     * @param number the number
     * @return for instance {@code 0x20001000}
     */
    public static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
