package org.allocman.vka.args;

/** CRC-16/X-25: polynomial 0x1021 reflected, first value and last difference 0xffff. Xous puts it on every tag. */
final class Crc16 {
    private static final int POLYNOMIAL_REFLECTED = 0x8408;
    private static final int ALL = 0xffff;

    private Crc16() {}

    static int of(byte[] data, int from, int length) {
        int crc = ALL;
        for (int i = 0; i < length; i++) {
            crc ^= data[from + i] & 0xff;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL_REFLECTED;
            }
        }
        return crc ^ ALL;
    }
}
