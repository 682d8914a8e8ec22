package org.allocman.untyped;

import org.allocman.vka.layout.Word;

/**
 * What the twinkle manager keeps beside its records.
 *
 * <pre>
 *  +24   live objects
 *  +32   bits that an address takes in a {@link TwinkleHandle}
 *  +40   the {@link RootTable} and its length
 * </pre>
 */
final class TwinkleState {
    static final Word LIVE = new Word("live objects", 24);
    static final Word ADDRESS_WIDTH = new Word("bits of an address", 32);

    static final int BYTES = 64;

    private TwinkleState() {}
}
