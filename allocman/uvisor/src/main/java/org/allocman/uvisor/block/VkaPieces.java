package org.allocman.uvisor.block;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.layout.Word;

/**
 * A range of physical memory, held as untypeds at its own addresses: the fewest that make it up, which is one if it is a power
 * of two at a multiple of its size; or, where neighbours are cut the same way, pieces of one size.
 */
public final class VkaPieces {
    /*
     *    0       8
     *   +-------+--------+
     *   | cptr  | handle |   a record for each piece; size and address follow from the range
     *   +-------+--------+
     */
    private static final Word CPTR = new Word("cptr", 0);
    private static final Word HANDLE = new Word("handle", 8);
    private static final int RECORD = 16;

    private final Vka vka;
    private final Memory memory;
    private final @Bytes long largest;

    /**
     * Ranges from an allocator, in the fewest pieces.
     *
     * @param vka the allocator
     * @param memory where the records lie
     */
    public VkaPieces(Vka vka, Memory memory) {
        this(vka, memory, Long.MAX_VALUE);
    }

    /**
     * Ranges from an allocator, in pieces of a size at most.
     *
     * @param vka the allocator
     * @param memory where the records lie
     * @param largest the size of the largest piece, a power of two; {@link Long#MAX_VALUE} for any
     */
    public VkaPieces(Vka vka, Memory memory, @Bytes long largest) {
        this.vka = vka;
        this.memory = memory;
        this.largest = largest;
    }

    /**
     * The memory that a range's records take.
     *
     * @param start the first byte
     * @param bytes how many, a multiple of 16
     * @return bytes
     */
    public static @Bytes long recordBytes(@PhysAddr long start, @Bytes long bytes) {
        return recordBytes(start, bytes, Long.MAX_VALUE);
    }

    /**
     * The memory that a range's records take if pieces have a size at most.
     *
     * @param start the first byte
     * @param bytes how many, a multiple of 16
     * @param largest the size of the largest piece, a power of two; {@link Long#MAX_VALUE} for any
     * @return bytes
     */
    public static @Bytes long recordBytes(@PhysAddr long start, @Bytes long bytes, @Bytes long largest) {
        long count = 0;
        for (long at = 0; at < bytes; at += piece(start + at, bytes - at, largest)) {
            count++;
        }
        return count * RECORD;
    }

    /**
     * Gets a range. What could not be given back before is given back first.
     *
     * @param start the first byte, a multiple of 16
     * @param bytes how many, a multiple of 16
     * @param records address of {@link #recordBytes} bytes
     * @return its size, or why there is none of it
     */
    public Either<VkaError, Long> obtain(@PhysAddr long start, @Bytes long bytes, long records) {
        Option<VkaError> stuck = giveBack(start, bytes, records);
        if (stuck.isDefined()) {
            return Either.left(stuck.get());
        }
        // the largest first: an allocator that cuts memory for small pieces has no large one left there
        long size = 0;
        for (long at = 0; at < bytes; at += piece(start + at, bytes - at, largest)) {
            size = Math.max(size, piece(start + at, bytes - at, largest));
        }
        for (; size > 0; size >>= 1) {
            Option<VkaError> refusal = obtain(start, bytes, records, size);
            if (refusal.isDefined()) {
                giveBack(start, bytes, records);
                return Either.left(refusal.get());
            }
        }
        return Either.right(bytes);
    }

    /** Gets the pieces of a size. */
    private Option<VkaError> obtain(long start, long bytes, long records, long size) {
        long record = records;
        for (long at = 0; at < bytes; ) {
            long piece = piece(start + at, bytes - at, largest);
            if (piece == size) {
                Either<VkaError, VkaObject> untyped =
                        vka.allocateAt(ObjectType.UNTYPED, Long.numberOfTrailingZeros(piece), start + at);
                if (untyped.isLeft()) {
                    return Option.of(untyped.getLeft());
                }
                CPTR.set(memory, record, untyped.get().cptr());
                HANDLE.set(memory, record, untyped.get().handle());
            }
            record += RECORD;
            at += piece;
        }
        return Option.none();
    }

    /**
     * Gives a range back, as far as the allocator takes it. Of a piece that it does not take the record stays, and the
     * piece is given back when this is called again; of a range that was not obtained, or is back already, nothing is.
     *
     * @param start the first byte
     * @param bytes how many
     * @param records where its records are; those of what is back are cleared
     * @return nothing, or why the first of the pieces that stay was not taken
     */
    public Option<VkaError> giveBack(@PhysAddr long start, @Bytes long bytes, long records) {
        Option<VkaError> first = Option.none();
        long record = records;
        for (long at = 0; at < bytes; ) {
            long piece = piece(start + at, bytes - at, largest);
            long handle = HANDLE.get(memory, record);
            if (handle != 0) {
                VkaObject untyped = new VkaObject(
                        ObjectType.UNTYPED, Long.numberOfTrailingZeros(piece), CPTR.get(memory, record), handle);
                Option<VkaError> refusal = vka.free(untyped);
                if (refusal.isEmpty()) {
                    CPTR.set(memory, record, 0);
                    HANDLE.set(memory, record, 0);
                }
                first = first.orElse(refusal);
            }
            record += RECORD;
            at += piece;
        }
        return first;
    }

    private static long piece(long address, long bytes, long largest) {
        long most = Math.min(Long.highestOneBit(bytes), largest);
        return address == 0 ? most : Math.min(Long.lowestOneBit(address), most);
    }
}
