package org.allocman.cli.frame;

import java.util.Iterator;
import java.util.List;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
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
    private UntypedDesign manager = UntypedDesigns.ARENA;

    /** Makes the option. */
    public ManagerOption() {}

    /**
     * What the user wants.
     *
     * @return the manager
     */
    public UntypedDesign manager() {
        return manager;
    }

    private static List<String> names() {
        return UntypedDesigns.ALL.stream().map(UntypedDesign::name).toList();
    }

    /** Managers by the names that users type. */
    public static final class Converter implements ITypeConverter<UntypedDesign> {
        /** Makes a converter; picocli calls it. */
        public Converter() {}

        @Override
        public UntypedDesign convert(String text) {
            UntypedDesign kind = UntypedDesigns.named(text);
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
