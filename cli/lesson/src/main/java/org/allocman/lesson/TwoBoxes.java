package org.allocman.lesson;

import org.allocman.qual.Bytes;
import org.allocman.uvisor.Uvisor;

/**
 * A microcontroller with two boxes beside box 0; the second has a thread with a heap of its own.
 *
 * @param uvisor the system; its calls are those of the box that runs
 * @param sensor number of the first box
 * @param logger number of the second
 * @param oldThread the thread of the logger
 * @param blockBytes the size of a block in bytes
 */
public record TwoBoxes(
        Uvisor uvisor,
        int sensor,
        int logger,
        int oldThread,
        @Bytes long blockBytes) {}
