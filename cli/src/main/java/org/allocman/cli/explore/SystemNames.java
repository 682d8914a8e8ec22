package org.allocman.cli.explore;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.allocman.check.systems.SystemKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Kinds of systems by the names that users type. */
final class SystemNames implements ITypeConverter<SystemKind>, Iterable<String> {
    private static List<String> names() {
        return Arrays.stream(SystemKind.values()).map(SystemKind::text).toList();
    }

    @Override
    public SystemKind convert(String text) {
        SystemKind kind = SystemKind.named(text);
        if (kind == null) {
            throw new TypeConversionException(
                    "there is no system '" + text + "'; there are " + String.join(", ", names()));
        }
        return kind;
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }
}
