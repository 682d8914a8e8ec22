package org.allocman.view.recording;

/**
 * How far a recording is, to be told later what came after, or to have that forgotten.
 *
 * @param steps how many steps there are
 * @param operations how many operations have begun
 * @param rows how many contents of slots were met
 * @param values how many values of words were met
 */
public record RunMark(int steps, int operations, int rows, int values) {}
