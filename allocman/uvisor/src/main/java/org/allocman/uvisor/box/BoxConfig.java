package org.allocman.uvisor.box;

/**
 * A box to be placed.
 *
 * @param name what to call it
 * @param sizes the static memory it wants
 */
public record BoxConfig(String name, BoxSizes sizes) {}
