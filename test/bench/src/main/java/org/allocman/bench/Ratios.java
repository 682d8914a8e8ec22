package org.allocman.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs benchmarks, with the arguments that JMH takes, and prints each case beside the first of its benchmark. */
public final class Ratios {
    private Ratios() {}

    /**
     * Runs.
     *
     * @param arguments as for JMH
     * @throws CommandLineOptionException if JMH does not know them
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        print(new Runner(new CommandLineOptions(arguments)).run());
    }

    private static void print(Collection<RunResult> results) {
        Map<String, Double> first = new TreeMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            double score = result.getPrimaryResult().getScore();
            double base = first.computeIfAbsent(params.getBenchmark(), name -> score);
            StringBuilder text = new StringBuilder(params.getBenchmark()
                    .substring(params.getBenchmark()
                                    .lastIndexOf('.', params.getBenchmark().lastIndexOf('.') - 1)
                            + 1));
            for (String key : params.getParamsKeys()) {
                text.append(' ').append(key).append('=').append(params.getParam(key));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-75s %,14.1f %-6s %6.2f%n",
                    text,
                    score,
                    result.getPrimaryResult().getScoreUnit(),
                    score / base);
        }
    }
}
