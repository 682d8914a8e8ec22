/** An allocator of numbers with a bit each, and a system to explore of it: all its states are visited, and so are those of one with a bug. */
package org.example.bitmap;
