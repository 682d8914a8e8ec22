package org.allocman.conformance.kernel;

/**
 * A line that says what something has become, and where it stands.
 *
 * @param number the line's number, from 1
 * @param text the line
 */
record StateLine(int number, String text) {}
