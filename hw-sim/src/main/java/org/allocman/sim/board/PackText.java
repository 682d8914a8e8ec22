package org.allocman.sim.board;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the devices of a CMSIS-Pack description (Open-CMSIS-Pack, "devices element"). What a family says holds for its
 * subfamilies, devices and variants, unless these say another thing of the same name.
 */
final class PackText {
    static final String ROOT = "package";

    private static final Set<String> LEVELS = Set.of("family", "subFamily", "device", "variant");
    private static final int MAX_NODES = 8_000_000;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_DEVICES = 1 << 15;
    private static final int MAX_MEMORIES = 256;

    private final String source;
    private final XMLStreamReader reader;
    private final List<Device> devices = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int depth;
    private int nodes;

    /**
     * A device or a variant of one.
     *
     * @param core its processor, null if it names none
     * @param mpu whether there is an MPU, as the pack says it; null if it does not
     * @param memories its memories, by processor and name
     * @param description where the pack has its SVD, null if it names none
     */
    record Device(
            String name,
            @Nullable String core,
            @Nullable String mpu,
            List<PackMemory> memories,
            @Nullable String description) {}

    /** A memory as it stands in the file. */
    record PackMemory(
            String name,
            @Nullable String start,
            @Nullable String size,
            @Nullable String access,
            boolean isAlias,
            String position) {}

    private static final class Level {
        private final @Nullable String name;
        private final Map<String, PackMemory> memories;
        private @Nullable String core;
        private @Nullable String mpu;
        private @Nullable String description;

        Level(@Nullable String name, @Nullable Level above) {
            this.name = name;
            this.memories = new LinkedHashMap<>();
            if (above != null) {
                memories.putAll(above.memories);
                core = above.core;
                mpu = above.mpu;
                description = above.description;
            }
        }
    }

    private PackText(String source, XMLStreamReader reader) {
        this.source = source;
        this.reader = reader;
    }

    static List<Device> read(String source, byte[] content) throws BoardFormatException {
        XmlText.refuseDocumentType(source, content, "<" + ROOT);
        try {
            return new PackText(source, XmlText.reader(content)).read();
        } catch (XMLStreamException e) {
            throw XmlText.invalid(source, e);
        }
    }

    private List<Device> read() throws XMLStreamException, BoardFormatException {
        while (reader.hasNext()) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> start(reader.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
                case XMLStreamConstants.DTD -> throw fail("a document type is not allowed");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw fail("an entity is not allowed");
                default -> {}
            }
        }
        return devices;
    }

    // The JDK's reader answers some malformed documents with unchecked exceptions.
    private int next() throws XMLStreamException, BoardFormatException {
        if (nodes++ > MAX_NODES) {
            throw fail("more than " + MAX_NODES + " elements and texts");
        }
        try {
            return reader.next();
        } catch (RuntimeException e) {
            throw fail("no valid XML");
        }
    }

    private void start(String element) throws BoardFormatException {
        if (depth++ == MAX_DEPTH) {
            throw fail("elements are more than " + MAX_DEPTH + " deep");
        }
        Level level = levels.peek();
        if (LEVELS.contains(element) && (element.equals("family") || level != null)) {
            String name = attribute(element.equals("variant") ? "Dvariant" : "Dname");
            levels.push(new Level(name, level));
        } else if (level != null) {
            switch (element) {
                case "processor" -> {
                    String core = attribute("Dcore");
                    String mpu = attribute("Dmpu");
                    level.mpu = mpu == null ? level.mpu : mpu;
                    level.core = core != null && attribute("Pname") == null || level.core == null ? core : level.core;
                }
                case "debug" -> {
                    String svd = attribute("svd");
                    level.description = svd != null ? svd : level.description;
                }
                case "memory" -> addMemory(level);
                default -> {}
            }
        }
    }

    private void addMemory(Level level) throws BoardFormatException {
        String id = attribute("id");
        String named = attribute("name");
        String name = named != null ? named : id;
        if (name == null || !RegionNames.isProper(name)) {
            throw fail("a memory has neither id nor name");
        }
        String key = attribute("Pname") + "/" + name;
        if (level.memories.size() == MAX_MEMORIES && !level.memories.containsKey(key)) {
            throw fail("more than " + MAX_MEMORIES + " memories of one device");
        }
        level.memories.put(
                key,
                new PackMemory(
                        name,
                        attribute("start"),
                        attribute("size"),
                        attribute("access"),
                        attribute("alias") != null,
                        XmlText.position(reader.getLocation())));
    }

    private void end(String element) throws BoardFormatException {
        depth--;
        if (!LEVELS.contains(element) || levels.isEmpty()) {
            return;
        }
        Level level = levels.pop();
        String name = level.name;
        if (name != null && (element.equals("device") || element.equals("variant"))) {
            if (devices.size() == MAX_DEVICES) {
                throw fail("more than " + MAX_DEVICES + " devices");
            }
            devices.add(
                    new Device(name, level.core, level.mpu, List.copyOf(level.memories.values()), level.description));
        }
    }

    private @Nullable String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    private BoardFormatException fail(String problem) {
        return new BoardFormatException(source, XmlText.position(reader.getLocation()), problem);
    }
}
