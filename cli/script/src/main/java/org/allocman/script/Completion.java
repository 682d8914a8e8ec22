package org.allocman.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the next word of a line may be. */
public final class Completion {
    private static final List<String> RIGHTS = List.of("all", "none", "r", "rw");

    private Completion() {}

    /**
     * Looks for what can follow.
     *
     * @param before the line's words so far, in full, set apart by blanks
     * @param names the names that can be used
     * @return words; empty if anything may follow, or nothing
     */
    public static List<String> after(List<String> before, Collection<String> names) {
        int start = before.size() > 1 && before.get(1).equals("=") ? 2 : 0;
        List<String> words = before.subList(start, before.size());
        if (words.isEmpty()) {
            List<String> first = new ArrayList<>(Verb.words());
            if (start > 0) {
                first.addAll(names);
            }
            return first;
        }
        Verb verb = Verb.of(words.get(0));
        return verb == null ? List.of() : after(verb, words, names);
    }

    private static List<String> after(Verb verb, List<String> words, Collection<String> names) {
        Set<Parameter> told = new HashSet<>();
        List<Parameter> left = new ArrayList<>();
        for (Parameter parameter : verb.required()) {
            if (parameter.keyword().isEmpty()) {
                left.add(parameter);
            }
        }
        int at = 1;
        while (at < words.size()) {
            Parameter parameter = left.isEmpty() ? behind(verb, words.get(at)) : left.remove(0);
            if (parameter == null) {
                at++;
                continue;
            }
            told.add(parameter);
            at += parameter.keyword().isEmpty() ? 0 : 1;
            if (parameter.kind() == Parameter.Kind.FLAG) {
                continue;
            }
            if (at == words.size()) {
                return values(parameter, names);
            }
            at++;
            if (parameter.kind() == Parameter.Kind.TYPE && at < words.size() && isNumber(words.get(at))) {
                at++;
            }
        }
        if (!left.isEmpty()) {
            return values(left.get(0), names);
        }
        List<String> keywords = new ArrayList<>();
        for (Parameter parameter : verb.parameters()) {
            if (!parameter.keyword().isEmpty() && !told.contains(parameter)) {
                keywords.add(parameter.keyword());
            }
        }
        return keywords;
    }

    private static @Nullable Parameter behind(Verb verb, String word) {
        for (Parameter parameter : verb.parameters()) {
            if (!parameter.keyword().isEmpty() && parameter.keyword().equals(word)) {
                return parameter;
            }
        }
        return null;
    }

    private static boolean isNumber(String word) {
        return Character.isDigit(word.charAt(0));
    }

    private static List<String> values(Parameter parameter, Collection<String> names) {
        return switch (parameter.kind()) {
            case TYPE -> Operand.Type.words(Operand.Type.SEL4);
            case RIGHTS -> RIGHTS;
            case VALUE, PLACE, SLOTS, NAME -> parameter == Parameter.COUNT ? List.of() : List.copyOf(names);
            default -> List.of();
        };
    }
}
