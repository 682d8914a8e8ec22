package org.allocman.view.recording;

import java.util.List;
import java.util.Map;
import org.allocman.qual.Bytes;

/**
 * Pieces of memory with owners, as they go into the page. At the start all of them belong to owner 0.
 *
 * @param title what it is about
 * @param piece what one is called
 * @param bytes size of one
 * @param stretches where they are
 * @param owners names of all owners that there are in the course of the run, by number
 */
record CellContent(
        String title, String piece, @Bytes long bytes, List<Cells.Stretch> stretches, Map<Integer, String> owners) {}
