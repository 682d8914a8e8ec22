package org.allocman.cli.frame;

import java.util.List;
import org.allocman.untyped.Need;
import org.allocman.untyped.UntypedDesign;

/**
 * Records of one kind that are set apart.
 *
 * @param name their kind, in the singular
 * @param count how many
 */
public record RecordCount(String name, int count) {
    /**
     * The records of an untyped manager in a need.
     *
     * @param need the need
     * @param design the manager's design
     * @return a count for each of its kinds
     */
    public static List<RecordCount> of(Need need, UntypedDesign design) {
        return design.records().stream()
                .map(kind -> new RecordCount(kind.name(), need.of(kind)))
                .toList();
    }

    /**
     * The count in words.
     *
     * @return for instance {@code 6 arena records}
     */
    public String text() {
        return Figures.count(count, name);
    }
}
