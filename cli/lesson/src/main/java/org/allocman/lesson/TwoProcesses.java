package org.allocman.lesson;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.xous.process.XousSystem;

/**
 * Xous with two processes; the first has two pages of its own.
 *
 * @param xous the system, whose calls are made in the name of a process
 * @param writer number of the first process
 * @param reader number of the second
 * @param letter where the writer has its first page
 * @param gift where it has its second
 * @param screen physical address of the display's first page
 */
public record TwoProcesses(
        XousSystem xous,
        int writer,
        int reader,
        @VirtAddr long letter,
        @VirtAddr long gift,
        @PhysAddr long screen) {}
