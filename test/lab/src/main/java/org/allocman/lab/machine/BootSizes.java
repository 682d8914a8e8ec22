package org.allocman.lab.machine;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.allocman.sim.boot.BootConfig;
import org.allocman.vka.Architecture;

/**
 * What is wanted of a boot in place of the figures that fit the board; 0 for nothing.
 *
 * @param rootCNodeBits radix of the root CNode
 * @param kernelBytes size of the kernel's image
 * @param rootTaskBytes size of the root task's image without the static pool
 * @param bootInfoUntypeds how many untypeds the boot info holds
 */
public record BootSizes(
        @SizeBits int rootCNodeBits,
        @Bytes long kernelBytes,
        @Bytes long rootTaskBytes,
        int bootInfoUntypeds) {
    /** What fits the board. */
    public static final BootSizes USUAL = new BootSizes(0, 0, 0, 0);

    private static final int WORDS_BEFORE_LIST = 21;

    /**
     * How many untypeds a boot info of one page has room for.
     *
     * @param architecture the kernel's
     * @return a number
     */
    public static int mostBootInfoUntypeds(Architecture architecture) {
        int word = architecture.wordBits() / Byte.SIZE;
        return (PAGE - WORDS_BEFORE_LIST * word) / (2 * word);
    }

    /**
     * The same with a boot info of another size.
     *
     * @param number how many untypeds it holds
     * @return new sizes
     */
    public BootSizes withBootInfoUntypeds(int number) {
        return new BootSizes(rootCNodeBits, kernelBytes, rootTaskBytes, number);
    }

    /**
     * The same with another root CNode.
     *
     * @param bits its radix
     * @return new sizes
     */
    public BootSizes withRootCNodeBits(@SizeBits int bits) {
        return new BootSizes(bits, kernelBytes, rootTaskBytes, bootInfoUntypeds);
    }

    /**
     * Puts what is wanted in place of what fits the board.
     *
     * @param usual what fits the board
     * @return a configuration
     */
    public BootConfig apply(BootConfig usual) {
        BootConfig config = rootCNodeBits == 0 ? usual : usual.withRootCNodeBits(rootCNodeBits);
        if (kernelBytes != 0) {
            config = config.withKernel(kernelBytes, Math.min(config.reuseBytes(), kernelBytes / 2));
        }
        if (rootTaskBytes != 0) {
            config = config.withCode(rootTaskBytes);
        }
        return bootInfoUntypeds == 0 ? config : config.withBootInfoUntypeds(bootInfoUntypeds);
    }
}
