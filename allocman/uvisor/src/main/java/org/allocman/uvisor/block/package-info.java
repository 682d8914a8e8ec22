/**
 * The pool of equal blocks. {@link org.allocman.uvisor.block.BlockGeometry} cuts memory into blocks,
 * {@link org.allocman.uvisor.block.BlockPool} hands them out, by table as uVisor does, singly, or in runs;
 * {@link org.allocman.uvisor.block.TopLevel} lets an arena grow upwards and a stack downwards around the pool;
 * {@link org.allocman.uvisor.block.ActiveBlocks} answers which of them a box may reach.
 *
 * <p>Where the memory of a block comes from is the business of a {@link org.allocman.uvisor.block.BlockSource}. Nothing
 * here looks for a free block by looking at one after the other.
 */
package org.allocman.uvisor.block;
