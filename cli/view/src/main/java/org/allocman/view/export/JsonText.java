package org.allocman.view.export;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** A machine's state as JSON: the records of this package as they are, keys in the order in which they are declared. */
public final class JsonText {
    private JsonText() {}

    /**
     * Writes a state.
     *
     * @param state the state
     * @return a JSON object
     */
    public static String of(MachineState state) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withArrayIndenter(indenter).withObjectIndenter(indenter);
        return JsonMapper.builder().build().writer().with(printer).writeValueAsString(state) + "\n";
    }
}
