package org.allocman.mspace;

/** Fixed pages as long as there are any, then virtual ones. */
public final class DualPages implements PageSource {
    private final FixedPages fixed;
    private final VirtualPages virtual;

    /**
     * Puts two sources together.
     *
     * @param fixed asked first
     * @param virtual asked then
     */
    public DualPages(FixedPages fixed, VirtualPages virtual) {
        this.fixed = fixed;
        this.virtual = virtual;
    }

    @Override
    public long take() {
        long page = fixed.take();
        return page != 0 ? page : virtual.take();
    }

    @Override
    public void giveBack(long page) {
        if (fixed.isOurs(page)) {
            fixed.giveBack(page);
        } else {
            virtual.giveBack(page);
        }
    }

    @Override
    public long ready() {
        return fixed.ready() + virtual.ready();
    }

    @Override
    public boolean isThere(long address) {
        return fixed.isThere(address) || virtual.isThere(address);
    }
}
