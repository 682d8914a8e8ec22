package org.allocman.view.recording;

import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A run as JSON. Written by hand, so that it can be written where there is no reflection: in a page that runs the machine. */
final class RunJson {
    private final StringBuilder text = new StringBuilder();

    /** Writes a whole run. */
    static String of(RunContent run) {
        RunJson json = new RunJson();
        json.open().field("title", run.title()).field("command", run.command()).field("breaking", run.breaking());
        json.name("machine").machine(run.machine());
        json.name("chapters").list(run.chapters(), json::string);
        json.name("operations").list(run.operations(), json::operation);
        json.name("slots").list(run.slots(), json::numbers);
        json.name("words").list(run.words(), json::numbers);
        json.name("steps").list(run.steps(), json::step);
        json.name("opening").number(run.opening()).name("cut").number(run.cut());
        json.name("rows").list(run.rows(), json::row);
        json.name("values").list(run.values(), json::string);
        CellContent cells = run.cells();
        if (cells != null) {
            json.name("cells").cells(cells);
        }
        return json.close().text.toString();
    }

    /** Writes what came after a moment: steps and operations, and the rows and values that are new in them. */
    static String tail(List<Operation> operations, List<RunStep> steps, List<CapabilityRow> rows, List<String> values) {
        RunJson json = new RunJson();
        json.open();
        json.name("operations").list(operations, json::operation);
        json.name("steps").list(steps, json::step);
        json.name("rows").list(rows, json::row);
        json.name("values").list(values, json::string);
        return json.close().text.toString();
    }

    private void machine(MachineShape machine) {
        open().field("board", machine.board()).field("architecture", machine.architecture());
        name("wordBits").number(machine.wordBits()).name("slotBytes").number(machine.slotBytes());
        name("thread").number(machine.thread());
        name("types").list(machine.types(), this::string);
        name("regions").list(machine.regions(), this::range);
        name("pools").list(machine.pools(), this::range);
        name("untypeds").number(machine.untypeds()).close();
    }

    private void range(MachineShape.Range range) {
        open().field("name", range.name()).field("kind", range.kind());
        name("start").number(range.start()).name("end").number(range.end()).close();
    }

    private void operation(Operation operation) {
        open().field("kind", operation.kind().name());
        name("chapter").number(operation.chapter()).name("within").number(operation.within());
        field("what", operation.what()).name("bits").number(operation.bits());
        field("address", operation.address())
                .field("answer", operation.answer())
                .close();
    }

    private void step(RunStep step) {
        open().field("kind", step.kind()).name("operation").number(step.operation());
        if (!step.arguments().isEmpty()) {
            name("arguments").arguments(step.arguments());
        }
        field("error", step.error());
        listed("slots", step.slots(), this::numbers);
        listed("words", step.words(), this::numbers);
        listed("cells", step.cells(), this::numbers);
        listed("wrong", step.wrong(), this::string);
        close();
    }

    private <T> void listed(String name, List<T> list, Item<T> item) {
        if (!list.isEmpty()) {
            name(name).list(list, item);
        }
    }

    private void arguments(Map<String, Object> arguments) {
        open();
        arguments.forEach((name, value) -> {
            name(name);
            if (value instanceof Number number) {
                number(number.longValue());
            } else {
                string(String.valueOf(value));
            }
        });
        close();
    }

    private void row(CapabilityRow row) {
        separate().append('[');
        number(row.type())
                .number(row.base())
                .number(row.bits())
                .number(row.flags())
                .number(row.free());
        string(row.detail());
        number(row.radix()).number(row.guardBits()).number(row.next());
        text.append(']');
    }

    private void cells(CellContent cells) {
        open().field("title", cells.title()).field("piece", cells.piece());
        name("bytes").number(cells.bytes());
        name("stretches").list(cells.stretches(), stretch -> {
            open().field("name", stretch.name()).name("start").number(stretch.start());
            name("count").number(stretch.count()).close();
        });
        name("owners").open();
        cells.owners().forEach((number, owner) -> field(String.valueOf(number), owner));
        close().close();
    }

    private void numbers(long[] numbers) {
        separate().append('[');
        for (long number : numbers) {
            number(number);
        }
        text.append(']');
    }

    private void numbers(int[] numbers) {
        separate().append('[');
        for (int number : numbers) {
            number(number);
        }
        text.append(']');
    }

    /** How one thing of a list is written. */
    private interface Item<T> {
        void write(T item);
    }

    private <T> RunJson list(List<T> list, Item<T> item) {
        separate().append('[');
        list.forEach(item::write);
        text.append(']');
        return this;
    }

    private RunJson open() {
        separate().append('{');
        return this;
    }

    private RunJson close() {
        text.append('}');
        return this;
    }

    private RunJson field(String name, @Nullable String value) {
        if (value != null) {
            name(name).string(value);
        }
        return this;
    }

    private RunJson name(String name) {
        string(name);
        text.append(':');
        return this;
    }

    private RunJson number(long number) {
        separate().append(number);
        return this;
    }

    private void string(String value) {
        JsonString.append(separate(), value);
    }

    /** A comma, unless something was opened or named just before. */
    private StringBuilder separate() {
        int length = text.length();
        if (length > 0) {
            char last = text.charAt(length - 1);
            if (last != '{' && last != '[' && last != ':') {
                text.append(',');
            }
        }
        return text;
    }
}
