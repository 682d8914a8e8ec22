package org.allocman.cli.xous;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.allocman.xous.XousRules;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Rules of Xous' kernels by the names that users type: a commit, or the number of a pull request. */
final class RulesNames implements ITypeConverter<XousRules>, Iterable<String> {
    private static List<String> names() {
        return Arrays.stream(XousRules.values()).map(XousRules::text).toList();
    }

    @Override
    public XousRules convert(String text) {
        return Arrays.stream(XousRules.values())
                .filter(rules -> rules.text().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "no rules are called '" + text + "'; there are " + String.join(", ", names())));
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }
}
