package org.allocman.cli.frame;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.allocman.vka.Architecture;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Architectures by the names that users type. */
public final class Architectures implements ITypeConverter<Architecture> {
    /** Makes a converter; picocli calls it. */
    public Architectures() {}

    @Override
    public Architecture convert(String text) {
        Architecture architecture = Architecture.named(text.toLowerCase(Locale.ROOT));
        if (architecture == null) {
            throw new TypeConversionException(
                    "there is no architecture '" + text + "'; there are " + String.join(", ", names()));
        }
        return architecture;
    }

    private static List<String> names() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
                .map(Architecture::text)
                .toList();
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
