package org.allocman.cli.frame;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.allocman.manager.ManagerKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --manager}, to be mixed in. */
public final class ManagerOption {
    @Option(
            names = "--manager",
            paramLabel = "M",
            defaultValue = "arena",
            converter = Converter.class,
            completionCandidates = Names.class,
            description = "The untyped manager: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ManagerKind manager = ManagerKind.ARENA;

    /** Makes the option. */
    public ManagerOption() {}

    /**
     * What the user wants.
     *
     * @return the manager
     */
    public ManagerKind manager() {
        return manager;
    }

    private static List<String> names() {
        return Arrays.stream(ManagerKind.values()).map(ManagerKind::text).toList();
    }

    /** Managers by the names that users type. */
    public static final class Converter implements ITypeConverter<ManagerKind> {
        /** Makes a converter; picocli calls it. */
        public Converter() {}

        @Override
        public ManagerKind convert(String text) {
            ManagerKind kind = ManagerKind.named(text);
            if (kind == null) {
                throw new TypeConversionException(
                        "there is no manager '" + text + "'; there are " + String.join(", ", names()));
            }
            return kind;
        }
    }

    /** The names, for help and completion. */
    public static final class Names implements Iterable<String> {
        /** Makes the list; picocli calls it. */
        public Names() {}

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }
}
