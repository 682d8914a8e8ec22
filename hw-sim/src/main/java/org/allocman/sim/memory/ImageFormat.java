package org.allocman.sim.memory;

import static org.allocman.vka.PageSize.PAGE;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What writer and reader of images of a memory have in common. */
final class ImageFormat {
    static final byte[] MAGIC = "ALLOCMEM".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int PAGE_RECORD_BYTES = Long.BYTES + PAGE;

    private ImageFormat() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
