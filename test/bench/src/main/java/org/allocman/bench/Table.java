package org.allocman.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times every work by the processor time of its thread, each in a JVM of its own, round after round: medians, and the least and
 * the greatest of the rounds. With {@code --beside OTHER.jar} each round times an older build of the benchmarks as well, right
 * after this one, and the ratios are those of one round.
 */
public final class Table {
    private static final long WARM_UP_NANOS = 1_500_000_000L;
    private static final long TURN_NANOS = 200_000_000L;
    private static final int TURNS = 5;
    private static final int ROUNDS = 5;
    private static final String USAGE =
            "usage: Table [--rounds N] [--beside OTHER.jar] [ROW ...], with how rows begin, for instance 'churn 1000'";

    private Table() {}

    /**
     * Prints the table.
     *
     * @param arguments see {@link #USAGE}
     * @throws IOException if a JVM cannot be started
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> left = new ArrayList<>(Arrays.asList(arguments));
        if (left.size() == 2 && left.get(0).equals("--once")) {
            System.out.println(once(row(left.get(1))));
            return;
        }
        int rounds = ROUNDS;
        String other = "";
        while (!left.isEmpty() && left.get(0).startsWith("--")) {
            String option = left.remove(0);
            String value = left.isEmpty() ? "" : left.remove(0);
            if (option.equals("--rounds") && value.matches("[1-9][0-9]{0,3}")) {
                rounds = Integer.parseInt(value);
            } else if (option.equals("--beside") && new File(value).isFile()) {
                other = value;
            } else {
                System.err.println("Table: '" + option + " " + value + "' is no option, or names no file; " + USAGE);
                System.exit(2);
            }
        }
        List<TableRow> rows = TableRow.all().stream()
                .filter(row -> left.isEmpty() || left.stream().anyMatch(row.name()::startsWith))
                .toList();
        if (rows.isEmpty()) {
            System.err.println("Table: no row begins like that; " + USAGE);
            System.exit(2);
        }
        print(rows, rounds, other);
    }

    private static void print(List<TableRow> rows, int rounds, String other) throws IOException, InterruptedException {
        String here = System.getProperty("java.class.path");
        // the older build's classes, and this table's: it may have none of its own
        String there = other + File.pathSeparator + here;
        System.out.printf(Locale.ROOT, "%-32s %s%s%n", "ns", "this build", other.isEmpty() ? "" : ", the other, ratio");
        for (TableRow row : rows) {
            double[] ours = new double[rounds];
            double[] theirs = new double[rounds];
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ours[round] = inOwnJvm(here, row);
                if (!other.isEmpty()) {
                    theirs[round] = inOwnJvm(there, row);
                    ratios[round] = ours[round] / theirs[round];
                }
            }
            String rest = other.isEmpty() ? "" : "  " + text(theirs) + "  " + ratio(ratios);
            System.out.printf(Locale.ROOT, "%-32s %s%s%n", row.name(), text(ours), rest);
        }
    }

    private static TableRow row(String name) {
        return TableRow.all().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no row " + name));
    }

    /** The median of some turns, in nanoseconds for an operation. */
    private static double once(TableRow row) {
        TableRow.Turn work = row.prepared().get();
        long warm = 0;
        while (warm < WARM_UP_NANOS) {
            warm += nanos(work);
        }
        double[] turns = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            long nanos = 0;
            long count = 0;
            while (nanos < TURN_NANOS) {
                nanos += nanos(work);
                count++;
            }
            turns[turn] = nanos / (row.operations() * count);
        }
        return median(turns);
    }

    private static long nanos(TableRow.Turn work) {
        work.prepare();
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    private static double inOwnJvm(String classPath, TableRow row) throws IOException, InterruptedException {
        String java = new File(System.getProperty("java.home"), "bin/java").getPath();
        Process process = new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-Xms3g",
                        "-Xmx3g",
                        "-cp",
                        classPath,
                        Table.class.getName(),
                        "--once",
                        row.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            if (process.waitFor() != 0 || line == null) {
                throw new IOException("'" + row.name() + "' failed");
            }
            return Double.parseDouble(line);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String text(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%,9.1f (%,.1f-%,.1f)", median(values), sorted[0], sorted[sorted.length - 1]);
    }

    private static String ratio(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%6.2f (%.2f-%.2f)", median(values), sorted[0], sorted[sorted.length - 1]);
    }
}
