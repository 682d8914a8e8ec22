package org.allocman.sim.board;

/** Tells a description in our own form from one that seL4's build writes. */
final class DocumentReader {
    private DocumentReader() {}

    static BoardReading read(String source, BoardDocument document, BoardHints hints) throws BoardFormatException {
        return document.regions() == null && (document.memory() != null || document.devices() != null)
                ? PlatformYaml.read(source, document, hints)
                : BoardYaml.read(source, document, hints);
    }
}
