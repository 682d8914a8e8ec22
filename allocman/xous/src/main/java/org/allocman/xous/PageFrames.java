package org.allocman.xous;

import org.allocman.qual.PhysAddr;

/** What stands behind the owned pages of a {@link PageAllocations}: objects in them, obtained before a page has an owner. */
public interface PageFrames {
    /** Nothing: the book alone, for rules without a machine. */
    PageFrames NONE = new PageFrames() {
        @Override
        public long obtain(long page, long address, PageUse use) {
            return 0;
        }

        @Override
        public boolean giveBack(long page) {
            return true;
        }

        @Override
        public boolean isMapped(long page) {
            return false;
        }
    };

    /**
     * Makes an object in a page, or changes nothing.
     *
     * @param page the page
     * @param address its address
     * @param use what it is made into
     * @return 0, or the code of {@link XousError#MEMORY_IN_USE} if somebody else has the memory, of {@link
     *     XousError#OUT_OF_MEMORY} if slots or book-keeping are short, of {@link XousError#INTERNAL_ERROR} for anything else
     */
    long obtain(long page, @PhysAddr long address, PageUse use);

    /**
     * Gives back what is in a page, if anything.
     *
     * @param page the page
     * @return false, with nothing changed, if the kernel beneath refuses
     */
    boolean giveBack(long page);

    /**
     * Notes that what is in a page is to go, which the kernel beneath has refused. Who never refuses needs none of this.
     *
     * @param page one whose {@link #giveBack} was refused
     */
    default void leave(long page) {
        throw new IllegalStateException("what never refuses leaves nothing");
    }

    /**
     * The first page that was left.
     *
     * @param from where to begin
     * @return the first page from there on, or -1
     */
    default long nextLeft(long from) {
        return -1;
    }

    /**
     * Whether some process sees a page, or sees others through it.
     *
     * @param page the page
     * @return true if it is mapped, or is a page table
     */
    boolean isMapped(long page);
}
