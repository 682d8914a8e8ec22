/**
 * Processes of Xous on a capability kernel: {@link org.allocman.xous.process.XousSystem} starts the system and has its calls.
 *
 * <p>A process has a page table of pages that are charged to it, and each page it sees is a frame of its own, or a copy of
 * the lender's. What a process has mapped where is in its {@link org.allocman.xous.SparseMap}, because page tables
 * are kernel objects, which nobody but the kernel reads. Every call checks first and then does what it said; where the
 * kernel beneath refuses all the same, what was done is undone.
 */
package org.allocman.xous.process;
