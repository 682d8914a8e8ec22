package org.allocman.cli.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.allocman.cli.frame.Alike;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.NearMatches;
import org.allocman.cli.page.Recording;
import org.allocman.vka.MemoryFault;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Takes lines, one after the other, and makes their calls on a system. */
final class Player {
    private final PlayedSystem system;
    private final List<CallWord> words;
    private final PlayOutput output;
    private final Recording recording;
    private final History history;
    private NamedValues names;
    private boolean isRefusalTold;
    /** Why the last call was not made; empty if it was. */
    private String nothing = "";

    Player(PlayedSystem system, List<CallWord> calls, PlayOutput output, Recording recording) {
        this.system = system;
        this.words = CommonWords.with(calls);
        this.output = output;
        this.recording = recording;
        this.history = new History(system.memory());
        this.names = NamedValues.of(system.constants());
        this.isRefusalTold = recording.refused() != null;
    }

    /**
     * Takes a line.
     *
     * @return false if it was the last
     * @throws BadInputException if it is no line, or has an argument that is none; nothing was done then
     */
    boolean take(String text) throws BadInputException {
        PlayLine line = PlayLine.of(text, words);
        if (line == null) {
            return true;
        }
        requireOutcome(line.expected());
        requireName(line);
        if (line.word().equals(CommonWords.QUIT)) {
            return false;
        }
        if (CommonWords.isOne(line)) {
            try {
                takeCommon(line);
            } catch (NoAnswerException none) {
                told(line, Answer.refused(Answer.SKIPPED));
                output.detail(String.valueOf(none.getMessage()));
            }
        } else {
            call(line);
        }
        String refused = isRefusalTold ? null : recording.refused();
        if (refused != null) {
            isRefusalTold = true;
            output.note(refused + " was refused in this call");
        }
        return true;
    }

    private void requireOutcome(@Nullable String expected) throws BadInputException {
        if (expected == null || names.isNumber(expected)) {
            return;
        }
        List<String> outcomes = outcomes();
        if (!outcomes.contains(expected)) {
            String typed = expected.toLowerCase(Locale.ROOT);
            List<String> near = outcomes.stream()
                    .filter(one -> !NearMatches.of(typed, List.of(one.toLowerCase(Locale.ROOT)))
                            .isEmpty())
                    .toList();
            throw new BadInputException("'" + expected + "' is no outcome: ok, FAULT, a number, a name or a refusal"
                    + NearMatches.hint(near));
        }
    }

    private void requireName(PlayLine line) throws BadInputException {
        String name = line.name();
        if (name != null && (names.isConstant(name) || CommonWords.isOne(line))) {
            throw new BadInputException(
                    names.isConstant(name)
                            ? "'" + name + "' has a meaning already"
                            : line.word() + " answers nothing that could have a name");
        }
    }

    private void call(PlayLine line) throws BadInputException {
        Call call = new Call(line, names);
        history.push(line, names);
        Answer answer;
        try {
            answer = recorded(line, () -> system.call(call));
        } catch (BadInputException bad) {
            history.drop();
            throw bad;
        }
        boolean isRight = Expectation.isMet(line, answer, names);
        String name = line.name();
        names = name == null ? call.names() : call.names().with(name, answer);
        output.answered(line, answer, isRight);
        if (!nothing.isEmpty()) {
            output.detail(nothing);
        }
    }

    /** What answers, or is no call after all. */
    @FunctionalInterface
    private interface Work {
        Answer answer() throws BadInputException;
    }

    private Answer recorded(PlayLine line, Work work) throws BadInputException {
        nothing = "";
        Answer[] answer = {Answer.refused(Answer.FAULT)};
        @Nullable BadInputException[] bad = {null};
        recording.call(line.text(), () -> {
            try {
                answer[0] = work.answer();
            } catch (MemoryFault denied) {
                // it is what the answer begins as
                return Answer.FAULT;
            } catch (NoAnswerException none) {
                answer[0] = Answer.refused(Answer.SKIPPED);
                nothing = String.valueOf(none.getMessage());
            } catch (BadInputException problem) {
                bad[0] = problem;
            }
            return answer[0].text();
        });
        if (bad[0] != null) {
            throw bad[0];
        }
        return answer[0];
    }

    private void takeCommon(PlayLine line) throws BadInputException {
        switch (line.word()) {
            case CommonWords.CHECK -> check(line);
            case CommonWords.UNDO -> undo(line);
            case CommonWords.HELP -> help(line);
            default -> {
                shown(line);
                output.draw(system);
            }
        }
    }

    /** A line that only shows something: who typed it sees that. */
    private void shown(PlayLine line) {
        if (!output.isTyped() || line.expected() != null) {
            told(line, Answer.ok());
        }
    }

    private void check(PlayLine line) throws BadInputException {
        List<String> broken = new ArrayList<>();
        Answer answer = recorded(line, () -> {
            broken.addAll(system.broken());
            return broken.isEmpty() ? Answer.ok() : Answer.refused(Answer.BROKEN);
        });
        List<String> alike = Alike.lines(broken);
        recording.wrong(alike);
        told(line, answer);
        alike.forEach(output::broken);
    }

    private void told(PlayLine line, Answer answer) {
        output.answered(line, answer, Expectation.isMet(line, answer, names));
    }

    private void undo(PlayLine line) throws BadInputException {
        long count =
                line.arguments().isEmpty() ? 1 : names.number(line.arguments().get(0));
        if (count < 1 || count > history.size()) {
            throw new BadInputException(
                    history.size() == 0
                            ? "no call is left to undo"
                            : "undo takes the number of calls that are to be undone, 1 to " + history.size() + ", not "
                                    + count);
        }
        List<String> undone = new ArrayList<>();
        Answer answer = recorded(line, () -> {
            History.Undone result = history.undo((int) count);
            names = result.names();
            result.lines().forEach(one -> undone.add(one.text()));
            return Answer.ok();
        });
        told(line, answer);
        undone.forEach(one -> output.detail("undone: " + one));
    }

    private void help(PlayLine line) throws BadInputException {
        List<String> asked = line.arguments();
        List<CallWord> shown = words.stream()
                .filter(one -> asked.isEmpty() || asked.get(0).equals(one.word()))
                .toList();
        if (shown.isEmpty()) {
            throw new BadInputException("there is no word '" + asked.get(0) + "'; help lists those there are");
        }
        shown(line);
        output.help(shown);
    }

    /** What the next word of a line may be. */
    List<String> candidates(List<String> before) {
        List<String> call = before.size() > 1 && before.get(1).equals("=") ? before.subList(2, before.size()) : before;
        if (call.isEmpty()) {
            return words.stream().map(CallWord::word).distinct().sorted().toList();
        }
        if (call.get(call.size() - 1).equals("->")) {
            return outcomes();
        }
        int index = call.size() - 1;
        List<CallWord> meant =
                words.stream().filter(one -> one.word().equals(call.get(0))).toList();
        List<String> found = new ArrayList<>();
        for (CallWord word : meant) {
            if (index < word.arguments().size()) {
                found.addAll(forArgument(word.arguments().get(index).replaceAll("[\\[\\]]", "")));
            }
            if (word.takes(index)) {
                found.add("->");
            }
        }
        return found.stream().distinct().toList();
    }

    private List<String> forArgument(String argument) {
        if (argument.equals("WORD")) {
            return candidates(List.of());
        }
        List<String> special = system.candidates(argument);
        return special.isEmpty() ? names.words() : special;
    }

    private List<String> outcomes() {
        List<String> all = new ArrayList<>(List.of(Answer.OK, Answer.FAULT, Answer.SKIPPED));
        all.addAll(system.outcomes());
        return all;
    }
}
