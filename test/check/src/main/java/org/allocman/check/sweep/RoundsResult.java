package org.allocman.check.sweep;

import java.util.List;

/**
 * What came of rounds of work.
 *
 * @param rounds how many were done
 * @param madeInAll objects made
 * @param mostPages pages of the virtual pool, at most
 * @param mostSecondLevels CNodes of the second level, at most
 * @param broken what did not come back or does not hold, with the round; empty if all is well
 */
public record RoundsResult(int rounds, long madeInAll, long mostPages, int mostSecondLevels, List<String> broken) {}
