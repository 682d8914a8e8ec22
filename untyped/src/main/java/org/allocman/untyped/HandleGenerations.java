package org.allocman.untyped;

import java.util.function.LongConsumer;

/**
 * Where a manager keeps what tells an object from earlier ones in its place. Two states that differ in these words, and in
 * these bits of live handles, alone answer alike to everything that is done with live handles; tools that compare states
 * may take them for one.
 */
public interface HandleGenerations {
    /**
     * The bits of a handle that tell an object from earlier ones in its place.
     *
     * @return a mask
     */
    long handleBits();

    /**
     * The words in which generations are kept, and nothing else.
     *
     * @param words hears of the address of each
     */
    void visitWords(LongConsumer words);

    /**
     * The untypeds that were made and of which nothing is in use. How far a kernel has once given them away makes no
     * difference, as it begins an untyped without children anew.
     *
     * @param slots hears of the slot of each
     */
    void visitIdleUntypeds(LongConsumer slots);
}
