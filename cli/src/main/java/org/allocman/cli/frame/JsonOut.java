package org.allocman.cli.frame;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Prints records, maps and lists as JSON. Addresses and sizes are plain numbers; all are below 2^53. */
public final class JsonOut {
    private JsonOut() {}

    /**
     * Prints a value.
     *
     * @param console where to
     * @param value a record, map or list
     */
    public static void print(Console console, Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        ObjectWriter writer = JsonMapper.builder().build().writer().with(printer);
        console.out().println(writer.writeValueAsString(value));
    }
}
