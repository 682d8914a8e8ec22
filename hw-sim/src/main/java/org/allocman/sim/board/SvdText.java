package org.allocman.sim.board;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.allocman.sim.board.SvdDocument.Area;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads the XML of a CMSIS-SVD file. There are no entities but the five of XML itself, and no document types. */
final class SvdText {
    static final int MAX_BYTES = 16 << 20;

    private static final int MAX_NODES = 1_500_000;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 1024;
    /** Device, peripherals, peripheral, registers, register. */
    private static final int REGISTER_DEPTH = 5;

    private static final int MAX_AREAS = 2 * BoardBuilder.MAX_REGIONS;
    private static final Set<String> TEXTS =
            Set.of("name", "baseAddress", "offset", "size", "usage", "mpuPresent", "addressOffset", "resetValue");

    private final String source;
    private final XMLStreamReader reader;
    private final SvdDocument document = new SvdDocument();
    private final Deque<String> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Area area;
    private @Nullable Area block;
    private @Nullable SvdRegister register;
    private int count;
    private int nodes;

    private SvdText(String source, XMLStreamReader reader) {
        this.source = source;
        this.reader = reader;
    }

    static SvdDocument read(String source, byte[] content) throws BoardFormatException {
        if (content.length > MAX_BYTES) {
            throw new BoardFormatException(
                    source, "byte 0x" + Integer.toHexString(MAX_BYTES), "a CMSIS-SVD file has at most 16 MiB");
        }
        XmlText.refuseDocumentType(source, content, "<device");
        try {
            return new SvdText(source, XmlText.reader(content)).read();
        } catch (XMLStreamException e) {
            throw XmlText.invalid(source, e);
        }
    }

    private SvdDocument read() throws XMLStreamException, BoardFormatException {
        while (reader.hasNext()) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> start(reader.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> addText();
                case XMLStreamConstants.DTD -> throw fail("a document type is not allowed");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw fail("an entity is not allowed");
                default -> {}
            }
        }
        return document;
    }

    // The JDK's reader answers some malformed documents with unchecked exceptions.
    private int next() throws XMLStreamException, BoardFormatException {
        if (nodes++ > MAX_NODES) {
            throw fail("more than " + MAX_NODES + " elements, attributes and texts");
        }
        try {
            return reader.next();
        } catch (RuntimeException e) {
            throw fail("no valid XML");
        }
    }

    private void start(String element) throws BoardFormatException {
        if (open.isEmpty() && !element.equals("device")) {
            throw fail("this is XML, but not a CMSIS-SVD device");
        }
        if (open.size() == MAX_DEPTH) {
            throw fail("elements are more than " + MAX_DEPTH + " deep");
        }
        nodes += reader.getAttributeCount();
        String parent = parent();
        text.setLength(0);
        open.push(element);
        Area outer = area;
        if (element.equals("memoryRegion")) {
            area = add(document.memoryRegions(), null);
        } else if (element.equals("peripheral") && parent.equals("peripherals")) {
            area = add(document.peripherals(), attribute("derivedFrom"));
        } else if (element.equals("addressBlock") && outer != null) {
            block = add(outer.blocks(), null);
        } else if (element.equals("register") && outer != null && open.size() == REGISTER_DEPTH) {
            register = new SvdRegister();
        }
    }

    private Area add(List<Area> areas, @Nullable String derivedFrom) throws BoardFormatException {
        if (count++ == MAX_AREAS) {
            throw fail("more than " + MAX_AREAS + " memory regions, peripherals and address blocks");
        }
        Area added = new Area(position(), derivedFrom);
        areas.add(added);
        return added;
    }

    private @Nullable String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    private void end(String element) {
        open.pop();
        String parent = parent();
        String value = text.toString().strip();
        text.setLength(0);
        SvdRegister ofPeripheral = register;
        if (ofPeripheral != null && open.size() == REGISTER_DEPTH) {
            ofPeripheral.set(element, value);
        } else if (ofPeripheral != null && open.size() < REGISTER_DEPTH) {
            if (area != null) {
                ofPeripheral.tell(area, document);
            }
            register = null;
        }
        if (element.equals("addressBlock")) {
            block = null;
        } else if (element.equals("memoryRegion") || element.equals("peripheral") && parent.equals("peripherals")) {
            area = null;
        } else if (element.equals("name") && parent.equals("device")) {
            document.setName(value);
        } else if (element.equals("name") && parent.equals("cpu")) {
            document.setCpu(value);
        } else if (element.equals("mpuPresent") && parent.equals("cpu")) {
            document.setMpuPresent(value);
        } else if (block != null && parent.equals("addressBlock")) {
            block.set(element, value);
        } else if (area != null && (parent.equals("peripheral") || parent.equals("memoryRegion"))) {
            area.set(element, value);
        }
    }

    private void addText() throws BoardFormatException {
        String element = open.peek();
        if (element != null && TEXTS.contains(element)) {
            if (text.length() + reader.getTextLength() > MAX_TEXT) {
                throw fail("a " + element + " of more than " + MAX_TEXT + " characters");
            }
            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
    }

    private String parent() {
        String parent = open.peek();
        return parent == null ? "" : parent;
    }

    private String position() {
        return XmlText.position(reader.getLocation());
    }

    private BoardFormatException fail(String problem) {
        return new BoardFormatException(source, position(), problem);
    }
}
