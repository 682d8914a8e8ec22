package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.allocman.vka.args.ArgumentTag;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.ArgumentsFile;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;
import org.junit.jupiter.api.Test;

class ArgumentsBoardTest {
    private static final KernelArguments ARGUMENTS = new KernelArguments(
            List.of(new NamedRange("SrEx", 0x4000_0000L, 0x100_0000), new NamedRange("Audi", 0xe000_0000L, 4)),
            List.of());

    @Test
    void ramIsTheFirstRange() throws BoardFormatException, ArgumentsException {
        Board board = BoardFile.read("dir/some.args", ArgumentsFile.tags(ARGUMENTS), null);
        assertEquals("some", board.name());
        assertEquals(Architecture.RISCV32, board.architecture());
        assertEquals(
                List.of(
                        new Region("SrEx", Kind.RAM, 0x4000_0000L, 0x100_0000),
                        new Region("Audi", Kind.DEVICE, 0xe000_0000L, 4)),
                board.regions());
        assertEquals(board, BoardFile.read("dir/some.args", ArgumentsFile.blocks(ARGUMENTS), null));
        assertEquals(
                Architecture.RISCV64,
                BoardFile.read("some", ArgumentsFile.blocks(ARGUMENTS), Architecture.RISCV64)
                        .architecture());
    }

    /** 20000 is 0x4e20; who writes that may mean 0x20000, as 4096 means what it says. */
    @Test
    void whatIsWholePagesInHexadecimalOnlyIsTold() throws BoardFormatException {
        byte[] text = "MBLK,3,(0x40000000,16777216,SrEx)\n(0xf0000000,20000,CSRs)(0xe0000000,4096,Audi)"
                .getBytes(StandardCharsets.US_ASCII);
        BoardReading reading = BoardFile.reading("some", text, BoardHints.NONE);
        assertEquals(
                List.of("line 2: 20000 is decimal, 0x4e20, and no whole number of pages; hexadecimal begins with 0x"),
                reading.notes());
        BoardFormatException wrong = assertThrows(
                BoardFormatException.class,
                () -> BoardFile.read("some", "MBLK,1,40000000,0x1000,RAM".getBytes(StandardCharsets.US_ASCII), null));
        assertTrue(
                String.valueOf(wrong.getMessage())
                        .endsWith("(line 1: 40000000 is decimal, 0x2625a00, and no whole number of"
                                + " pages; hexadecimal begins with 0x)"),
                wrong::getMessage);
    }

    @Test
    void otherTagsAreKeptBesideTheBoard() throws Exception {
        List<ArgumentTag> tags = List.of(new ArgumentTag("XKrn", List.of(1, 2, 3)), new ArgumentTag("IniE", List.of()));
        byte[] content = ArgumentsFile.tags(new KernelArguments(ARGUMENTS.ranges(), tags));
        assertEquals(tags, BoardFile.reading("some", content, BoardHints.NONE).tags());
    }

    @Test
    void aSignedImageIsReadForItsArguments() throws Exception {
        byte[] tags = ArgumentsFile.tags(ARGUMENTS);
        byte[] image = new byte[ArgumentsFile.SIGNATURE_BYTES + tags.length + 5000];
        Arrays.fill(image, 0, ArgumentsFile.SIGNATURE_BYTES, (byte) 0xa5);
        System.arraycopy(tags, 0, image, ArgumentsFile.SIGNATURE_BYTES, tags.length);
        image[image.length - 1] = 1;
        BoardReading reading = BoardFile.reading("dir/some.img", image, BoardHints.NONE);
        assertEquals(BoardFile.read("some", tags, null), reading.board());
        assertEquals(2, reading.notes().size(), reading.notes()::toString);
        assertTrue(reading.notes().get(0).contains("signature"), reading.notes()::toString);
        assertTrue(reading.notes().get(1).startsWith("5000 bytes behind"), reading.notes()::toString);
        image[ArgumentsFile.SIGNATURE_BYTES + 16] ^= 1;
        BoardFormatException wrong =
                assertThrows(BoardFormatException.class, () -> BoardFile.read("some", image, null));
        assertTrue(
                String.valueOf(wrong.getMessage())
                        .contains("byte 0x4 behind the 4096 bytes of the signature: XArg has"),
                wrong::getMessage);
    }

    @Test
    void damageIsToldWithItsPlace() throws ArgumentsException {
        byte[] tags = ArgumentsFile.tags(ARGUMENTS);
        tags[16] ^= 1;
        BoardFormatException wrong = assertThrows(BoardFormatException.class, () -> BoardFile.read("some", tags, null));
        assertTrue(String.valueOf(wrong.getMessage()).startsWith("some, byte 0x4: XArg has the checksum"));
        byte[] text = "MBLK,1,(0x0,0x1000,two,three)".getBytes(StandardCharsets.US_ASCII);
        assertThrows(BoardFormatException.class, () -> BoardFile.read("some", text, null));
    }
}
