package org.allocman.cli.frame;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.RecordingException;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user is told when a run ends with an exception: a line for a mistake in the input, never a stack trace. */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String TRACE = "ALLOCMAN_TRACE";

    private final Console console;

    /**
     * Makes a handler.
     *
     * @param console where messages go
     */
    public Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        boolean isRun = command.getCommandSpec().userObject() instanceof Callable;
        boolean unfinished = !(mistake instanceof UnmatchedArgumentException)
                && !isRun
                && !command.getSubcommands().isEmpty();
        if (!unfinished) {
            console.err().println("allocman: " + ParseWords.of(mistake));
            console.err().println("'" + command.getCommandSpec().qualifiedName() + " --help' tells more.");
        } else {
            command.usage(console.err());
        }
        return Exit.BAD_INPUT;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, @Nullable ParseResult arguments) {
        return report(console, failure);
    }

    /**
     * Tells the user about a failure.
     *
     * @param console where to
     * @param failure what ended the run
     * @return the exit code for it
     */
    public static int report(Console console, Throwable failure) {
        String mistake = mistake(failure);
        console.out().flush();
        if (System.getenv(TRACE) != null) {
            failure.printStackTrace(console.err());
        }
        if (mistake != null) {
            console.err().println("allocman: " + mistake);
            return Exit.BAD_INPUT;
        }
        if (failure instanceof OutOfMemoryError) {
            console.err()
                    .println("allocman: the JVM has no memory left; JAVA_TOOL_OPTIONS=-Xmx4g in the environment"
                            + " gives it 4 GiB");
        } else {
            console.err().println("allocman: internal error, please report it: " + failure);
        }
        if (System.getenv(TRACE) == null) {
            console.err().println("allocman: " + TRACE + "=1 in the environment shows where it happened");
        }
        return Exit.INTERNAL;
    }

    /** What was wrong with the input, or null if the failure is ours. */
    private static @Nullable String mistake(Throwable failure) {
        if (failure instanceof BadInputException
                || failure instanceof BoardFormatException
                || failure instanceof RecordingException
                || failure instanceof BootFailure) {
            return text(failure);
        }
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return text(failure) + ": no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return text(failure) + ": permission denied";
        }
        if (failure instanceof FileSystemException) {
            return text(failure);
        }
        return failure instanceof IOException ? "cannot read or write: " + text(failure) : Thrown.byUser(failure);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
