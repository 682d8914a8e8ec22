package org.allocman.sim.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * YAML, and JSON as a part of it, to and from documents of any form. Aliases are not followed, so that a small file stays
 * small; depth, length and the number of tokens are limited.
 */
public final class YamlText {
    static final int MAX_BYTES = 512 << 10;

    private static final int MAX_DEPTH = 8;
    private static final int MAX_TOKENS = 1 << 16;
    private static final int MAX_SCALAR = 4096;

    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxDocumentLength(MAX_BYTES)
                            .maxStringLength(MAX_SCALAR)
                            .maxNumberLength(MAX_SCALAR)
                            .maxNameLength(MAX_SCALAR)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();

    private YamlText() {}

    static String write(BoardDocument document) {
        return MAPPER.writeValueAsString(document);
    }

    static BoardDocument read(String source, byte[] content) throws BoardFormatException {
        return read(source, content, BoardDocument.class, "board description");
    }

    /**
     * Reads a document of any form.
     *
     * @param <T> the form
     * @param source what to call the file in messages
     * @param content what is in it, in UTF-8
     * @param form a class that the reader fills by its components; its package is open to Jackson
     * @param what what the file should be, for messages, without an article
     * @return the document
     * @throws BoardFormatException if it is none of that form; the message names line and key, in no words of a library
     */
    public static <T> T read(String source, byte[] content, Class<T> form, String what) throws BoardFormatException {
        if (content.length > MAX_BYTES) {
            throw new BoardFormatException(
                    source,
                    "byte 0x" + Integer.toHexString(MAX_BYTES),
                    "a YAML or JSON description has at most 512 KiB");
        }
        String text = decode(source, content);
        try (JsonParser parser = MAPPER.createParser(text)) {
            return read(source, text, form, what, parser);
        }
    }

    // apart, because a parser that is closed has forgotten where it was
    private static <T> T read(String source, String text, Class<T> form, String what, JsonParser parser)
            throws BoardFormatException {
        try {
            T document = text.isBlank() ? null : MAPPER.readValue(parser, form);
            if (document == null) {
                throw new BoardFormatException(source, "line 1", "the description is empty");
            }
            return document;
        } catch (JacksonException e) {
            throw new BoardFormatException(source, position(e, parser), problem(e, what, parser));
        }
    }

    private static String decode(String source, byte[] content) throws BoardFormatException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer chars = CharBuffer.allocate(content.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(bytes, chars, true);
        if (result.isError()) {
            throw new BoardFormatException(
                    source,
                    "byte 0x" + Integer.toHexString(bytes.position()),
                    "this is neither a device tree nor XML nor text in UTF-8");
        }
        return Utf8Mark.without(chars.flip().toString());
    }

    private static String position(JacksonException e, JsonParser parser) {
        TokenStreamLocation location = e.getLocation();
        String path = path(e.getPath());
        if (location == null || location.getLineNr() < 1) {
            if (!path.isEmpty()) {
                return path;
            }
            location = parser.currentTokenLocation();
        }
        String line = "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return path.isEmpty() ? line : line + " (" + path + ")";
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            String key = reference.getPropertyName();
            if (key == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(key);
            }
        }
        return path.toString();
    }

    private static String problem(JacksonException e, String what, JsonParser parser) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown key " + RegionNames.quoted(unknown.getPropertyName());
        }
        if (e.getCause() instanceof StreamReadException inner) {
            return "no valid YAML: " + ReaderWords.ofYaml(inner);
        }
        if (e instanceof DatabindException) {
            return "this is not what a " + what + " has here" + ReaderWords.ofShape(e, parser);
        }
        return "no valid YAML: " + ReaderWords.ofYaml(e);
    }
}
