package org.allocman.sim.board;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes flattened device trees for tests, good ones and bad ones. */
final class TreeFile {
    static final int HEADER = 40;

    private final Block structure = new Block();
    private final Block strings = new Block();
    private final Block reservations = new Block();

    private static final class Block {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        void cell(int value) {
            try {
                out.writeInt(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void text(String text) {
            bytes.writeBytes((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
        }

        void pad() {
            while (bytes.size() % 4 != 0) {
                bytes.write(0);
            }
        }
    }

    /** A 64-bit board: a root with two cells each, a Cortex-A53. */
    static TreeFile arm64() {
        return new TreeFile()
                .begin("")
                .cells("#address-cells", 2)
                .cells("#size-cells", 2)
                .begin("cpus")
                .begin("cpu@0")
                .strings("compatible", "arm,cortex-a53")
                .end()
                .end();
    }

    TreeFile begin(String name) {
        structure.cell(1);
        structure.text(name);
        structure.pad();
        return this;
    }

    TreeFile end() {
        structure.cell(2);
        return this;
    }

    TreeFile token(int token) {
        structure.cell(token);
        return this;
    }

    TreeFile cells(String name, int... cells) {
        property(name, cells.length * 4);
        for (int cell : cells) {
            structure.cell(cell);
        }
        return this;
    }

    TreeFile strings(String name, String... strings) {
        String all = String.join("\0", strings);
        property(name, all.length() + 1);
        structure.text(all);
        structure.pad();
        return this;
    }

    TreeFile memory(String name, int... reg) {
        return begin(name).strings("device_type", "memory").cells("reg", reg).end();
    }

    TreeFile device(String name, int... reg) {
        return begin(name)
                .strings("compatible", "some,device")
                .cells("reg", reg)
                .end();
    }

    TreeFile reserve(int... cells) {
        for (int cell : cells) {
            reservations.cell(cell);
        }
        return this;
    }

    private void property(String name, int length) {
        structure.cell(3);
        structure.cell(length);
        structure.cell(strings.bytes.size());
        strings.text(name);
    }

    /** Closes the root and gives the file. */
    byte[] bytes() {
        return end().token(9).unfinished();
    }

    /** The file as it is. */
    byte[] unfinished() {
        reserve(0, 0, 0, 0);
        int structureAt = HEADER + reservations.bytes.size();
        int stringsAt = structureAt + structure.bytes.size();
        Block file = new Block();
        for (int field : new int[] {
            FlatTree.MAGIC,
            stringsAt + strings.bytes.size(),
            structureAt,
            stringsAt,
            HEADER,
            17,
            16,
            0,
            strings.bytes.size(),
            structure.bytes.size()
        }) {
            file.cell(field);
        }
        file.bytes.writeBytes(reservations.bytes.toByteArray());
        file.bytes.writeBytes(structure.bytes.toByteArray());
        file.bytes.writeBytes(strings.bytes.toByteArray());
        return file.bytes.toByteArray();
    }
}
