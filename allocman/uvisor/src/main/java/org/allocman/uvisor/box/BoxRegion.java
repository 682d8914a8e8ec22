package org.allocman.uvisor.box;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * Where a box's static memory is.
 *
 * @param box the box's number
 * @param base first byte
 * @param bytes how many
 * @param data first byte of the box's data; 0 if it has none
 * @param dataBytes size of the data with the room that is left in its part of the region
 * @param stack first byte of the stack
 * @param stackPointer where the stack begins, which grows downwards
 * @param disabled with eighths: a bit for each that is switched off, which guards data from stack
 * @param next where the next box may begin
 */
public record BoxRegion(
        int box,
        @PhysAddr long base,
        @Bytes long bytes,
        @PhysAddr long data,
        @Bytes long dataBytes,
        @PhysAddr long stack,
        @PhysAddr long stackPointer,
        int disabled,
        @PhysAddr long next) {}
