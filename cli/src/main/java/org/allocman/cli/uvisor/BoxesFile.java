package org.allocman.cli.uvisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.ByteCount;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.YamlText;
import org.allocman.uvisor.BoxAcl;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.box.BoxSizes;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Reads boxes from YAML. */
final class BoxesFile {
    private static final int MOST_BYTES = 64 << 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,16}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]+");
    private static final Set<String> OUTCOMES = Set.of("nobody", "ok", "FAULT");
    static final String READ = "read";
    static final String READ_WRITE = "read-write";
    private static final String BUILT_IN = "boxes.yaml";

    private final String source;

    private BoxesFile(String source) {
        this.source = source;
    }

    /** The boxes that are there if the user names none. */
    static List<BoxSetup> builtIn() throws IOException, BadInputException, BoardFormatException {
        try (InputStream input = BoxesFile.class.getResourceAsStream(BUILT_IN)) {
            if (input == null) {
                throw new IllegalStateException(BUILT_IN + " is not in the jar");
            }
            return new BoxesFile(BUILT_IN).read(input.readAllBytes());
        }
    }

    static List<BoxSetup> of(Path path) throws IOException, BadInputException, BoardFormatException {
        if (Files.size(path) > MOST_BYTES) {
            throw new BadInputException(path + ": a description of boxes has at most 64 KiB");
        }
        return new BoxesFile(path.toString()).read(Files.readAllBytes(path));
    }

    private List<BoxSetup> read(byte[] content) throws BadInputException, BoardFormatException {
        BoxesDocument document = YamlText.read(source, content, BoxesDocument.class, "description of boxes");
        List<BoxesDocument.@Nullable Box> boxes = document.boxes();
        if (boxes == null || boxes.isEmpty()) {
            throw wrong("boxes", "there are none; the first is box 0");
        }
        if (boxes.size() > BoxPlacement.MOST_BOXES) {
            throw wrong("boxes", "there are " + boxes.size() + "; the most is " + BoxPlacement.MOST_BOXES);
        }
        List<BoxSetup> setups = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (BoxesDocument.@Nullable Box box : boxes) {
            String place = "boxes[" + setups.size() + "]";
            if (box == null || box.name() == null || !NAME.matcher(box.name()).matches()) {
                throw wrong(place, "a box has a name of 1 to 16 letters, digits, - and _");
            }
            if (OUTCOMES.contains(box.name())) {
                throw wrong(
                        place,
                        "'" + box.name() + "' says what came of a call, or that nobody has a block, and names no box");
            }
            if (!names.add(box.name())) {
                throw wrong(place, "there are two boxes called " + box.name());
            }
            setups.add(setup(place, box.name(), box));
        }
        return setups;
    }

    private BoxSetup setup(String place, String name, BoxesDocument.Box box) throws BadInputException {
        BoxSizes sizes = new BoxSizes(
                size(place + ".stack", box.stack()),
                size(place + ".index", box.index()),
                size(place + ".context", box.context()),
                size(place + ".threadLocal", box.threadLocal()),
                size(place + ".rpc", box.rpc()),
                size(place + ".ipc", box.ipc()),
                size(place + ".heap", box.heap()));
        long blocks = box.blocks() == null ? BlockPool.NO_QUOTA : count(place + ".blocks", box.blocks());
        List<BoxAcl> acls = new ArrayList<>();
        List<BoxesDocument.@Nullable Acl> listed = box.acls();
        if (listed != null) {
            for (BoxesDocument.@Nullable Acl acl : listed) {
                acls.add(acl(place + ".acls[" + acls.size() + "]", acl));
            }
        }
        return new BoxSetup(new BoxConfig(name, sizes), blocks, acls);
    }

    private BoxAcl acl(String place, BoxesDocument.@Nullable Acl acl) throws BadInputException {
        if (acl == null || acl.start() == null || acl.size() == null) {
            throw wrong(place, "what a box may reach has a start and a size");
        }
        String access = acl.access() == null ? READ_WRITE : acl.access().toLowerCase(Locale.ROOT);
        if (!access.equals(READ) && !access.equals(READ_WRITE)) {
            throw wrong(
                    place + ".access",
                    "'" + acl.access() + "' is neither " + READ + " nor " + READ_WRITE
                            + ", which it is if nothing is said");
        }
        return new BoxAcl(
                size(place + ".start", acl.start()),
                size(place + ".size", acl.size()),
                access.equals(READ_WRITE),
                Boolean.TRUE.equals(acl.shared()));
    }

    private long count(String place, String text) throws BadInputException {
        if (!NUMBER.matcher(text.strip()).matches()) {
            throw wrong(
                    place, "'" + text + "' is no number of blocks, like 0 or 12; who says none may have any number");
        }
        return size(place, text);
    }

    private long size(String place, @Nullable String text) throws BadInputException {
        if (text == null) {
            return 0;
        }
        long bytes;
        try {
            bytes = new ByteCount().convert(text);
        } catch (TypeConversionException problem) {
            throw wrong(place, String.valueOf(problem.getMessage()));
        }
        if (bytes > 0xffff_ffffL) {
            throw wrong(place, "'" + text + "' has more than 32 bits");
        }
        return bytes;
    }

    private BadInputException wrong(String place, String problem) {
        return new BadInputException(source + ": " + place + ": " + problem);
    }
}
