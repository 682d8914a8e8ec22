package org.allocman.check.explore;

/**
 * A row of a history.
 *
 * @param action what was done, in words that name it for a replay
 * @param answer what the system answered
 * @param change what is different now, one change a line
 */
public record Step(String action, String answer, String change) {}
