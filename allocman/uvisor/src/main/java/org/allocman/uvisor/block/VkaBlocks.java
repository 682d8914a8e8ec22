package org.allocman.uvisor.block;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.Vka;

/** Blocks whose memory comes from an allocator of kernel objects: untypeds at the blocks' own physical addresses. */
public final class VkaBlocks implements BlockSource {
    private final BlockGeometry geometry;
    private final VkaPieces pieces;
    private final @PhysAddr long state;
    private final @Bytes long perBlock;

    /**
     * A view of the blocks' capabilities whose records are at an address.
     *
     * @param vka the allocator
     * @param memory where the records lie
     * @param geometry where the blocks are
     * @param state address of {@link #stateBytes} bytes, a multiple of 16
     */
    public VkaBlocks(Vka vka, Memory memory, BlockGeometry geometry, @PhysAddr long state) {
        this.geometry = geometry;
        // a block that is no power of two is cut as its neighbours are, so that none is in another's way
        this.pieces = new VkaPieces(vka, memory, pieceBytes(geometry));
        this.state = state;
        this.perBlock = perBlock(geometry);
    }

    /**
     * The memory the records take.
     *
     * @param geometry where the blocks are
     * @return bytes, a multiple of 16
     */
    public static @Bytes long stateBytes(BlockGeometry geometry) {
        return perBlock(geometry) * geometry.count();
    }

    private static long pieceBytes(BlockGeometry geometry) {
        return Long.lowestOneBit(geometry.blockBytes());
    }

    private static long perBlock(BlockGeometry geometry) {
        long most = 0;
        for (int block = 0; block < geometry.count(); block++) {
            most = Math.max(
                    most,
                    VkaPieces.recordBytes(geometry.addressOf(block), geometry.blockBytes(), pieceBytes(geometry)));
        }
        return most;
    }

    @Override
    public boolean obtain(int block) {
        return pieces.obtain(geometry.addressOf(block), geometry.blockBytes(), records(block))
                .isRight();
    }

    @Override
    public void giveBack(int block) {
        pieces.giveBack(geometry.addressOf(block), geometry.blockBytes(), records(block));
    }

    @Override
    public void settle(int block) {
        giveBack(block);
    }

    private long records(int block) {
        return state + block * perBlock;
    }
}
