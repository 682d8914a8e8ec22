package org.allocman.serve;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.List;
import org.allocman.script.LineOutcome;
import org.allocman.vka.Untyped;
import org.allocman.wire.BootAnswers;
import org.allocman.wire.RemoteMachine;
import org.allocman.wire.WireAnswer;
import org.allocman.wire.WireError;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One client's end of the wire: takes lines and answers each. It has a machine as soon as one is asked for anything. */
public final class RequestHandler {
    private static final int LOOK_EVERY = 16;
    private static final int MOST_STEPS = 1_000_000;
    private static final int MOST_STORES = 4_000_000;
    private static final int ID_DIGITS = 18;
    private static final String NO_ID = "-";

    private final ServedBoards boards;
    private final ServeLimits limits;
    private @Nullable ServedMachine machine;
    private boolean hasRemarks = true;
    private boolean isEnded;
    private int sinceLook;

    /**
     * A client's end.
     *
     * @param boards which machines there are
     * @param limits what the client may take
     */
    public RequestHandler(ServedBoards boards, ServeLimits limits) {
        this.boards = boards;
        this.limits = limits;
    }

    /** {@return whether the client has said goodbye} */
    public boolean isEnded() {
        return isEnded;
    }

    /**
     * Answers a line.
     *
     * @param line the line, without its end
     * @return the answer, without its end; null for a line with nothing but blanks or a remark, which is not answered
     */
    public @Nullable String answer(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.charAt(0) == '#') {
            return null;
        }
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        boolean hasId = digits > 0
                && digits <= ID_DIGITS
                && (digits == text.length() || Character.isWhitespace(text.charAt(digits)));
        String id = hasId ? text.substring(0, digits) : NO_ID;
        WireAnswer answer = guarded(hasId ? text.substring(digits).strip() : text);
        return id + " " + answer.text(hasRemarks || !answer.isOk());
    }

    /** The answer to a line that was passed over because it is too long. */
    String tooLong() {
        return NO_ID + " "
                + WireAnswer.error(WireError.LINE_TOO_LONG, "a line has at most " + limits.line() + " characters")
                        .text();
    }

    private WireAnswer guarded(String request) {
        if (request.length() > limits.line()) {
            return WireAnswer.error(WireError.LINE_TOO_LONG, "a line has at most " + limits.line() + " characters");
        }
        try {
            WireAnswer answer = answerTo(request);
            ServedMachine used = machine;
            if (used != null && ++sinceLook >= LOOK_EVERY) {
                sinceLook = 0;
                return within(used, answer);
            }
            return answer;
        } catch (OutOfMemoryError full) {
            machine = null;
            return WireAnswer.error(
                    WireError.OUT_OF_LIMITS, "the server has no memory left for this; the machine is given up");
        } catch (RuntimeException | StackOverflowError | AssertionError bug) {
            machine = null;
            return WireAnswer.error(
                    WireError.INTERNAL,
                    "an error in allocman itself, please report it; the machine is given up: " + bug);
        }
    }

    /** The answer, if the machine is small enough after it. */
    private WireAnswer within(ServedMachine used, WireAnswer answer) {
        used.session().forget(limits.undo(), MOST_STORES);
        String grown = null;
        if (used.machine().memory().touchedPages() * PAGE > limits.memory()) {
            grown = limits.memory() + " bytes of memory";
        } else if (used.session().nameCount() > limits.names()) {
            grown = limits.names() + " names";
        }
        if (grown == null) {
            return answer;
        }
        machine = null;
        return WireAnswer.error(
                WireError.OUT_OF_LIMITS,
                "the machine had more than " + grown + " and is given up; 'boot' makes a new one");
    }

    private WireAnswer answerTo(String text) {
        String[] words = text.split("\\s+", 2);
        ServeRequest request = ServeRequest.of(words[0]);
        if (request == null) {
            return text.isEmpty()
                    ? WireAnswer.ok("")
                    : inSession(served -> said(served.session().execute(text)));
        }
        String rest = words.length > 1 ? words[1].replaceFirst("\\s*#.*", "").strip() : "";
        return switch (request) {
            case HELLO -> WireAnswer.ok("allocman", Integer.toString(RemoteMachine.PROTOCOL));
            case BOOT -> boot(rest);
            case BOOT_INFO -> inSession(served -> served.answers().whole());
            case BOOT_UNTYPED -> inSession(served -> untyped(served, rest));
            case REMARKS -> remarks(rest);
            case UNDO -> inSession(served -> steps(served, rest, true));
            case REDO -> inSession(served -> steps(served, rest, false));
            case CHECKPOINT ->
                inSession(served ->
                        WireAnswer.ok("", Long.toString(served.session().mark())));
            case REWIND -> inSession(served -> rewind(served, rest));
            case FINGERPRINT ->
                inSession(served -> WireAnswer.ok(
                        "", served.machine().memory().fingerprint().toString()));
            case CHECK -> inSession(RequestHandler::check);
            case BYE -> {
                isEnded = true;
                yield WireAnswer.ok("");
            }
        };
    }

    /** What is done with a machine. */
    private interface OnMachine {
        WireAnswer answer(ServedMachine served);
    }

    private WireAnswer inSession(OnMachine request) {
        ServedMachine served = machine;
        if (served == null) {
            Either<String, ServedMachine> booted = boards.boot(List.of());
            if (booted.isLeft()) {
                return WireAnswer.error(WireError.NO_MACHINE, booted.getLeft());
            }
            served = booted.get();
            machine = served;
        }
        return request.answer(served);
    }

    private WireAnswer boot(String rest) {
        machine = null;
        Either<String, ServedMachine> booted = boards.boot(rest.isEmpty() ? List.of() : List.of(rest.split("\\s+")));
        if (booted.isLeft()) {
            return WireAnswer.error(WireError.NO_MACHINE, booted.getLeft());
        }
        machine = booted.get();
        return WireAnswer.ok(booted.get().machine().board().name());
    }

    private WireAnswer remarks(String rest) {
        if (!rest.equals("on") && !rest.equals("off")) {
            return mistake(ServeRequest.REMARKS, rest);
        }
        hasRemarks = rest.equals("on");
        return WireAnswer.ok("");
    }

    private static WireAnswer untyped(ServedMachine served, String rest) {
        List<Untyped> untypeds = served.answers().bootInfo().untypeds();
        int number = number(rest, untypeds.size() - 1);
        return number < 0
                ? WireAnswer.error(
                        WireError.MISTAKE,
                        "the machine has untypeds 0 to " + (untypeds.size() - 1) + ", not '" + rest + "'")
                : BootAnswers.of(untypeds.get(number));
    }

    private static WireAnswer steps(ServedMachine served, String rest, boolean back) {
        int wanted = rest.isEmpty() ? 1 : number(rest, MOST_STEPS);
        if (wanted < 1) {
            return mistake(back ? ServeRequest.UNDO : ServeRequest.REDO, rest);
        }
        int done = 0;
        while (done < wanted
                && (back ? served.session().undo() : served.session().redo()) != null) {
            done++;
        }
        return done == 0
                ? WireAnswer.error(WireError.NOTHING_TO_UNDO, back ? "nothing is left to undo" : "nothing was undone")
                : WireAnswer.ok("", Integer.toString(done));
    }

    private static WireAnswer rewind(ServedMachine served, String rest) {
        int mark = number(rest, Integer.MAX_VALUE);
        if (mark < 0) {
            return mistake(ServeRequest.REWIND, rest);
        }
        return served.session().rewind(mark)
                ? WireAnswer.ok("")
                : WireAnswer.error(
                        WireError.NOTHING_TO_UNDO, "there is no checkpoint " + mark + ", or it is too long ago");
    }

    private static WireAnswer check(ServedMachine served) {
        List<String> broken = served.broken();
        return WireAnswer.ok(String.join("; ", broken), Integer.toString(broken.size()));
    }

    private static WireAnswer mistake(ServeRequest request, String rest) {
        return WireAnswer.error(WireError.MISTAKE, "'" + rest + "' does not belong to '" + request.form() + "'");
    }

    /** A number from 0 to {@code most}; negative if it is none. */
    private static int number(String text, int most) {
        try {
            long number = Long.decode(text);
            return number >= 0 && number <= most ? (int) number : -1;
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static WireAnswer said(LineOutcome outcome) {
        return OutcomeAnswers.of(outcome);
    }
}
