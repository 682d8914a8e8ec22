package org.allocman.lesson.sheet;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lesson.Markdown;

/**
 * A worksheet: operations on a machine, and what is to be filled in.
 *
 * @param title what it is about
 * @param seed the number that it was made from
 * @param intro the machine and the task, in Markdown
 * @param operation head of the first column
 * @param blanks heads of the columns to be filled in
 * @param rows the operations with their answers
 */
public record Worksheet(String title, long seed, String intro, String operation, List<String> blanks, List<Row> rows) {
    private static final int WIDTH = 80;

    /**
     * An operation.
     *
     * @param operation what is done
     * @param answers what belongs into the blanks, one for each
     */
    public record Row(String operation, List<String> answers) {
        /**
         * Keeps a copy of the list.
         *
         * @param operation what is done
         * @param answers what belongs into the blanks, one for each
         */
        public Row {
            answers = List.copyOf(answers);
        }
    }

    /**
     * Keeps copies of the lists.
     *
     * @param title what it is about
     * @param seed the number that it was made from
     * @param intro the machine and the task, in Markdown
     * @param operation head of the first column
     * @param blanks heads of the columns to be filled in
     * @param rows the operations with their answers
     */
    public Worksheet {
        blanks = List.copyOf(blanks);
        rows = List.copyOf(rows);
    }

    /**
     * The sheet as Markdown that can be read as plain text.
     *
     * @param withAnswers whether the answers stand where otherwise there are blanks
     * @return lines
     */
    public String markdown(boolean withAnswers) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(title).append("\n\nSheet ").append(seed);
        text.append(withAnswers ? ", with the answers\n\n" : "\n\n");
        new Markdown(WIDTH, strong -> "**" + strong + "**")
                .lines(intro)
                .forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        return text.append(table(withAnswers).text()).toString();
    }

    private SheetTable table(boolean withAnswers) {
        List<String> heads = new ArrayList<>(List.of("", operation));
        heads.addAll(blanks);
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(String.valueOf(lines.size() + 1), row.operation()));
            row.answers().forEach(answer -> cells.add(withAnswers ? answer : ""));
            lines.add(cells);
        }
        return new SheetTable(heads, lines);
    }
}
