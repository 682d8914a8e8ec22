package org.allocman.cli.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.NearMatches;
import org.allocman.plan.Demand;
import org.allocman.plan.Workload;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a workload: {@code name=count} or {@code name: count}, one a line or with commas between, in the order in which it
 * is to be allocated. What follows a {@code #} is a comment.
 */
final class WorkloadText {
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z][A-Za-z_-]*?)(\\d{0,9})\\s*[=:]\\s*(.*)");
    private static final Pattern COUNT = Pattern.compile("\\d[\\d_]{0,19}");
    private static final String FRAMES = "frames";
    private static final String SLOTS = "slots";
    private static final String MEMORY = "memory";
    private static final int USUAL_FRAME = 12;

    private final Architecture architecture;
    private final String source;

    /**
     * A reader.
     *
     * @param architecture what kernel it is for
     * @param source what the text is called in messages
     */
    WorkloadText(Architecture architecture, String source) {
        this.architecture = architecture;
        this.source = source;
    }

    Workload read(String text) throws BadInputException {
        List<Demand> demands = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "");
            String place = lines.size() == 1 ? source : source + ", line " + (i + 1);
            for (String entry : line.split(",", -1)) {
                if (!entry.isBlank()) {
                    demands.add(demand(entry.trim(), place));
                } else if (!line.isBlank() && !line.trim().endsWith(",")) {
                    throw new BadInputException(place + ": there is nothing between two commas");
                }
            }
        }
        if (demands.isEmpty()) {
            throw new BadInputException(source + ": the workload is empty; write for instance frames=100,tcbs=4");
        }
        return new Workload(demands);
    }

    private Demand demand(String entry, String place) throws BadInputException {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            throw new BadInputException(place + ": '" + entry + "' is not of the form name=count, like frames=100");
        }
        String name = matcher.group(1) + "";
        String size = matcher.group(2) + "";
        String amount = matcher.group(3) + "";
        int at = amount.indexOf('@');
        long count = count((at < 0 ? amount : amount.substring(0, at)).trim(), name + size, place);
        Demand demand = demand(name.toLowerCase(Locale.ROOT).replace('_', '-'), size, count, place);
        if (at >= 0) {
            demand = at(demand, amount.substring(at + 1).trim(), name + size, place);
        }
        String problem = demand.problem(architecture);
        if (problem != null) {
            throw new BadInputException(place + ": " + name + size + ": " + problem);
        }
        return demand;
    }

    /** The same at a physical address, as in {@code frames21=2@0x50000000}: the first there, the others behind it. */
    private Demand at(Demand demand, String address, String name, String place) throws BadInputException {
        ObjectType type = demand.type();
        if (type == null) {
            throw new BadInputException(place + ": " + name + " have no physical address; only objects have");
        }
        long paddr;
        try {
            paddr = new ByteCount().convert(address);
        } catch (TypeConversionException wrong) {
            throw new BadInputException(place + ": '" + address + "' is no physical address like 0x50000000");
        }
        long one = demand.bytesOfOne(architecture);
        if (paddr % one != 0) {
            throw new BadInputException(place + ": 0x" + Long.toHexString(paddr) + " is no multiple of the "
                    + Figures.size(one) + " that one of " + name + " takes");
        }
        if (paddr > Region.ADDRESS_LIMIT || demand.count() > (Region.ADDRESS_LIMIT - paddr) / one) {
            throw new BadInputException(
                    place + ": " + name + " from 0x" + Long.toHexString(paddr) + " on reach beyond 2^52");
        }
        return Demand.objectsAt(type, demand.size(), demand.count(), paddr);
    }

    private static long count(String text, String name, String place) throws BadInputException {
        if (COUNT.matcher(text).matches()) {
            String digits = text.replace("_", "").replaceFirst("^0+(?=.)", "");
            if (digits.length() <= String.valueOf(Demand.MOST).length() && Long.parseLong(digits) <= Demand.MOST) {
                return Long.parseLong(digits);
            }
        }
        throw new BadInputException(
                place + ": '" + text + "' is not how many " + name + " there can be: 0 to " + Demand.MOST);
    }

    private Demand demand(String name, String size, long count, String place) throws BadInputException {
        String plural = name.endsWith("s") || name.equals(MEMORY) ? name : plural(name);
        if (plural.equals(SLOTS)) {
            noSize(plural, size, place);
            return Demand.slots(count);
        }
        if (plural.equals(MEMORY)) {
            return Demand.memory(
                    size(plural, size, place, "a number of bytes: memory64 is pieces of 64 bytes of the pools"), count);
        }
        if (plural.equals(FRAMES)) {
            return Demand.objects(frame(size, place), 0, count);
        }
        ObjectType type = type(plural);
        if (type == null) {
            throw new BadInputException(unknown(plural, name + size, place));
        }
        if (!type.isSizedByCaller()) {
            noSize(plural, size, place);
            return Demand.objects(type, 0, count);
        }
        String example = switch (type.kind()) {
            case CNODE -> "a radix: cnodes4 is CNodes of 2^4 slots";
            case UNTYPED -> "a size in bits: untypeds16 is untypeds of 2^16 bytes";
            default ->
                "a size in bits: " + name(type) + architecture.leastSize(type) + " is some of 2^"
                        + architecture.leastSize(type) + " bytes";
        };
        return Demand.objects(type, size(plural, size, place, example), count);
    }

    private ObjectType frame(String size, String place) throws BadInputException {
        int bits = size.isEmpty() ? USUAL_FRAME : Integer.parseInt(size);
        ObjectType type = architecture.frame(bits);
        if (type == null) {
            throw new BadInputException(place + ": " + architecture.text() + " has no frame of 2^" + bits
                    + " bytes; it has "
                    + String.join(
                            ", ",
                            architecture.frames().stream()
                                    .map(frame -> FRAMES + architecture.sizeBits(frame, 0))
                                    .toList()));
        }
        return type;
    }

    private static void noSize(String name, String size, String place) throws BadInputException {
        if (!size.isEmpty()) {
            throw new BadInputException(
                    place + ": " + name + " come in one size only; write " + name + ", not " + name + size);
        }
    }

    private static int size(String name, String size, String place, String example) throws BadInputException {
        if (size.isEmpty()) {
            throw new BadInputException(place + ": " + name + " needs " + example);
        }
        return Integer.parseInt(size);
    }

    private String unknown(String plural, String typed, String place) {
        List<String> names = names();
        return place + ": there is nothing called '" + typed + "'" + NearMatches.hint(plural, names)
                + System.lineSeparator()
                + "names on " + architecture.text() + " are " + String.join(", ", names);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(FRAMES);
        for (ObjectType type : architecture.types()) {
            names.add(name(type));
        }
        names.add(SLOTS);
        names.add(MEMORY);
        return names;
    }

    private @Nullable ObjectType type(String plural) {
        return Stream.concat(Arrays.stream(ObjectType.values()), architecture.types().stream())
                .filter(type -> name(type).equals(plural))
                .findFirst()
                .orElse(null);
    }

    /** What objects of a type are called in a workload. */
    static String name(ObjectType type) {
        return plural(type.text().toLowerCase(Locale.ROOT).replace(' ', '-'));
    }

    private static String plural(String one) {
        return one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
    }
}
