package org.allocman.cli.measure;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.JsonOption;
import org.allocman.cli.frame.JsonOut;
import org.allocman.cli.frame.Progress;
import org.allocman.cli.frame.QuietOption;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.lab.measure.Measurement;
import org.allocman.lab.measure.Work;
import org.allocman.untyped.UntypedDesign;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command. */
@Command(
        name = "measure",
        description = {
            "Do one of the measured works and count what it costs.",
            "",
            "Invocations, slots, bytes and garbage are exact. Time is only shown: compare times of one run on one machine."
        },
        footer = {
            "",
            "The works:",
            "  churn        objects of four kinds come and go, N are live (10000)",
            "  frames       N frames fill an untyped and are freed in three orders (65536)",
            "  addresses    a frame at a random address in N device untypeds is made and freed (1000)",
            "  churn-sizes  as churn, with 1000 live objects, ten times as many, up to N (1000000)",
            "  slots        a random slot of a CNode of N slots is given back and one is taken (1048576)",
            "  bootstrap    a manager is built on 100 untypeds and on N, in place and in a new CSpace (1000)",
            "  thrash       one frame is made and freed N times, nothing else is live (100000)"
        })
public final class MeasureCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Option(
            names = "--work",
            paramLabel = "WORK",
            required = true,
            converter = WorkName.class,
            completionCandidates = WorkNames.class,
            description = "Which work: ${COMPLETION-CANDIDATES}.")
    private Work work = Work.CHURN;

    @Option(
            names = "--n",
            paramLabel = "N",
            description = "How large; the works and their usual sizes are listed below.")
    private @Nullable Long size;

    @Mixin
    private final ManagerOption manager = new ManagerOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public MeasureCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Long asked = size;
        long n = asked == null ? work.usual() : asked;
        UntypedDesign design = manager.manager(manager.designs());
        String obstacle = work.obstacle(design, n);
        if (obstacle != null) {
            throw new BadInputException(obstacle);
        }
        Measurement measurement;
        try (Progress progress = console.progress(work.word())) {
            measurement = Measurement.of(work, design, n, progress::at);
        }
        if (json.isAsked()) {
            JsonOut.print(console, MeasureFigures.json(measurement));
        } else {
            MeasureFigures.print(console, measurement, quiet.isAsked());
        }
        return Exit.GOOD;
    }

    private static List<String> names() {
        return Arrays.stream(Work.values()).map(Work::word).toList();
    }

    /** Works by the names that users type. */
    static final class WorkName implements ITypeConverter<Work> {
        @Override
        public Work convert(String text) {
            Work work = Work.named(text);
            if (work == null) {
                throw new TypeConversionException(
                        "there is no work '" + text + "'; there are " + String.join(", ", names()));
            }
            return work;
        }
    }

    /** The names, for help and completion. */
    static final class WorkNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }
}
