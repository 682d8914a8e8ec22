package org.allocman.mspace;

/** Pages of 4 KiB that are ready for book-keeping. */
public interface PageSource {

    /**
     * Takes the least page that is ready; its bytes are zero but for what {@link PageHeader} keeps.
     *
     * @return its address, or 0 if none is ready
     */
    long take();

    /**
     * Makes a page ready again; its bytes are zero but for what {@link PageHeader} keeps.
     *
     * @param page its address
     */
    void giveBack(long page);

    /**
     * Pages that are ready.
     *
     * @return how many
     */
    long ready();

    /**
     * Whether an address lies in a page that is there, taken or not; any number may be asked.
     *
     * @param address the number
     * @return true if its page may be read; the header of one that is not taken names no size class
     */
    boolean isThere(long address);
}
