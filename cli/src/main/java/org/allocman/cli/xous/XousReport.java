package org.allocman.cli.xous;

import java.util.List;
import java.util.Map;

/**
 * What a run found; it is printed as tables or as JSON.
 *
 * @param board its name
 * @param architecture its kernel's
 * @param tableForm the form of the owners' table
 * @param rules whose rules hold, a commit or the number of a pull request
 * @param ranges the whitelist
 * @param owners who has how much
 * @param calls how often what was called
 * @param refusals how often which error was answered
 * @param tables what the book-keeping takes, in bytes
 * @param ram owners of RAM, in runs of pages
 * @param pagesLeft pages that processes still had after all had ended
 * @param objectsLeft objects that the allocator still counted after all had ended and the tables were given back
 */
record XousReport(
        String board,
        String architecture,
        String tableForm,
        String rules,
        List<Range> ranges,
        List<Owner> owners,
        Map<String, Long> calls,
        Map<String, Long> refusals,
        Tables tables,
        List<Run> ram,
        long pagesLeft,
        long objectsLeft) {
    /**
     * A range of the whitelist.
     *
     * @param name its name of four characters
     * @param start first byte
     * @param bytes its length
     * @param pages in how many pages
     * @param owned how many of them somebody owns
     */
    record Range(String name, long start, long bytes, long pages, long owned) {}

    /**
     * An owner.
     *
     * @param pid its number
     * @param ramPages pages of RAM
     * @param devicePages pages of the other ranges
     * @param heapBytes its heap
     * @param threads its threads
     */
    record Owner(int pid, long ramPages, long devicePages, long heapBytes, int threads) {}

    /**
     * What the book-keeping takes, in bytes.
     *
     * @param ownerTable whose each page is
     * @param freePages which pages of RAM are free
     * @param objects the objects in owned pages
     * @param processes processes, lends, interrupts
     * @param mappings what processes have mapped where
     */
    record Tables(long ownerTable, long freePages, long objects, long processes, long mappings) {}

    /**
     * Pages in a row with one owner.
     *
     * @param start physical address of the first
     * @param pages how many
     * @param pid the owner; 0 for nobody
     */
    record Run(long start, long pages, int pid) {}

    boolean isGood() {
        return pagesLeft == 0 && objectsLeft == 0;
    }
}
