package org.allocman.serve;

import org.allocman.qual.Bytes;

/**
 * What a client may take.
 *
 * @param line longest request in characters, without its end
 * @param memory greatest part of a simulated memory that is kept for a client, in bytes
 * @param names greatest number of names that a client may have given
 * @param undo how many commands can be undone
 * @param clients greatest number of clients at the same time
 * @param idle after how many milliseconds without a request a client is sent away; 0 for never
 * @param time after how many milliseconds a client is sent away whatever it does; 0 for never
 */
public record ServeLimits(int line, @Bytes long memory, int names, int undo, int clients, int idle, long time) {
    /** What is allowed if nobody says otherwise: 64 clients of 64 MiB, ten minutes of silence. */
    public static final ServeLimits USUAL = new ServeLimits(4096, 64L << 20, 65_536, 10_000, 64, 600_000, 0);

    /**
     * Checks the numbers.
     *
     * @param line longest request in characters, without its end
     * @param memory greatest part of a simulated memory that is kept for a client, in bytes
     * @param names greatest number of names that a client may have given
     * @param undo how many commands can be undone
     * @param clients greatest number of clients at the same time
     * @param idle after how many milliseconds without a request a client is sent away; 0 for never
     * @param time after how many milliseconds a client is sent away whatever it does; 0 for never
     */
    public ServeLimits {
        if (line < 64 || memory < 0 || names < 1 || undo < 1 || clients < 1 || idle < 0 || time < 0) {
            throw new IllegalArgumentException("lines have 64 characters or more, and no limit is negative");
        }
    }
}
