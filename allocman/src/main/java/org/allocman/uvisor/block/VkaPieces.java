package org.allocman.uvisor.block;

import io.vavr.control.Either;
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
 * of two at a multiple of its size.
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

    /**
     * Ranges from an allocator.
     *
     * @param vka the allocator
     * @param memory where the records lie
     */
    public VkaPieces(Vka vka, Memory memory) {
        this.vka = vka;
        this.memory = memory;
    }

    /**
     * The memory that a range's records take.
     *
     * @param start the first byte
     * @param bytes how many, a multiple of 16
     * @return bytes
     */
    public static @Bytes long recordBytes(@PhysAddr long start, @Bytes long bytes) {
        long count = 0;
        for (long at = 0; at < bytes; at += piece(start + at, bytes - at)) {
            count++;
        }
        return count * RECORD;
    }

    /**
     * Gets a range.
     *
     * @param start the first byte, a multiple of 16
     * @param bytes how many, a multiple of 16
     * @param records address of {@link #recordBytes} bytes
     * @return nothing, or why there is none of it
     */
    public Either<VkaError, Long> obtain(@PhysAddr long start, @Bytes long bytes, long records) {
        long record = records;
        for (long at = 0; at < bytes; ) {
            long piece = piece(start + at, bytes - at);
            Either<VkaError, VkaObject> untyped =
                    vka.allocateAt(ObjectType.UNTYPED, Long.numberOfTrailingZeros(piece), start + at);
            if (untyped.isLeft()) {
                giveBack(start, at, bytes, records);
                return Either.left(untyped.getLeft());
            }
            CPTR.set(memory, record, untyped.get().cptr());
            HANDLE.set(memory, record, untyped.get().handle());
            record += RECORD;
            at += piece;
        }
        return Either.right(bytes);
    }

    /**
     * Gives a range back.
     *
     * @param start the first byte
     * @param bytes how many
     * @param records where its records are; they are cleared
     */
    public void giveBack(@PhysAddr long start, @Bytes long bytes, long records) {
        giveBack(start, bytes, bytes, records);
    }

    private void giveBack(long start, long obtained, long bytes, long records) {
        long record = records;
        for (long at = 0; at < obtained; ) {
            long piece = piece(start + at, bytes - at);
            VkaObject untyped = new VkaObject(
                    ObjectType.UNTYPED,
                    Long.numberOfTrailingZeros(piece),
                    CPTR.get(memory, record),
                    HANDLE.get(memory, record));
            vka.free(untyped).peek(error -> {
                throw new IllegalStateException("what was allocated cannot be freed: " + error);
            });
            CPTR.set(memory, record, 0);
            HANDLE.set(memory, record, 0);
            record += RECORD;
            at += piece;
        }
    }

    private static long piece(long address, long bytes) {
        long most = Long.highestOneBit(bytes);
        return address == 0 ? most : Math.min(Long.lowestOneBit(address), most);
    }
}
