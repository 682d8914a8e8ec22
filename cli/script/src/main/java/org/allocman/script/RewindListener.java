package org.allocman.script;

/** Is told when a session's memory goes back: after a line that was refused, and when one is undone. */
public interface RewindListener {
    /** Does not care. */
    RewindListener NONE = new RewindListener() {
        @Override
        public void before(int checkpoint) {}

        @Override
        public void after() {}
    };

    /**
     * The memory is about to go back.
     *
     * @param checkpoint the moment of its journal that it goes back to
     */
    void before(int checkpoint);

    /** The memory has gone back. */
    void after();
}
