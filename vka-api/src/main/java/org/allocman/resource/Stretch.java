package org.allocman.resource;

import org.allocman.qual.PhysAddr;

/**
 * Units of a resource type that lie one behind the other.
 *
 * @param name what is there
 * @param unit the number of the first
 * @param start the physical address of its first byte
 * @param count how many, 1 or more
 */
public record Stretch(String name, long unit, @PhysAddr long start, long count) {}
