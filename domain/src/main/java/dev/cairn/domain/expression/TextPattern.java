package dev.cairn.domain.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The patterns of {@code matches}: a subset of regular expressions that every engine reads alike and in linear time. Letters, digits, blanks and
 * escaped signs stand for themselves; {@code . [abc] [^a-z] ( | ) * + ? {m,n} ^ $ \d \w \s} mean what they always do, in ASCII. It is matched here by
 * following all possibilities at once, one character after the other: no pattern takes longer than its length times the text's.
 */
public final class TextPattern {
    private static final int LONGEST = 500;
    private static final int MOST_STEPS = 5_000;
    private static final int MOST_KEPT = 100;
    private static final Map<String, TextPattern> KEPT = new ConcurrentHashMap<>();

    /** One instruction. */
    private sealed interface Step {
        /** Takes one character. */
        record Take(PatternPart.OneOf set) implements Step {}

        /** Goes on where the text begins or ends. */
        record At(boolean end) implements Step {}

        /** Goes on at both. */
        record Split(int one, int other) implements Step {}

        record Found() implements Step {}
    }

    private final List<Step> steps = new ArrayList<>();

    private TextPattern(List<PatternPart> alternatives) {
        choice(alternatives);
        add(new Step.Found());
    }

    /** What is wrong with a pattern; empty where nothing is. */
    public static Optional<String> faultOf(String pattern) {
        try {
            compile(pattern);
            return Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /**
     * The same pattern as all engines read it, without the short forms {@code \d \w \s}.
     *
     * @throws IllegalArgumentException where it uses something outside the subset
     */
    public static String normalise(String pattern) {
        return PatternPart.alternatives(PatternParser.parse(pattern));
    }

    /** Whether some part of a text matches a pattern; the patterns last asked for are kept. */
    static boolean isFound(String pattern, String text) {
        if (KEPT.size() >= MOST_KEPT) {
            KEPT.clear();
        }
        return KEPT.computeIfAbsent(pattern, TextPattern::compile).isFoundIn(text);
    }

    /** @throws IllegalArgumentException where it uses something outside the subset */
    static TextPattern compile(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("longer than " + LONGEST + " characters");
        }
        return new TextPattern(PatternParser.parse(pattern));
    }

    // ---- steps

    private int add(Step step) {
        if (steps.size() >= MOST_STEPS) {
            throw new IllegalArgumentException("too large when its repetitions are written out");
        }
        steps.add(step);
        return steps.size() - 1;
    }

    private void emit(PatternPart part) {
        switch (part) {
            case PatternPart.OneOf set -> add(new Step.Take(set));
            case PatternPart.Edge(var end) -> add(new Step.At(end));
            case PatternPart.Sequence(var parts) -> parts.forEach(this::emit);
            case PatternPart.Choice(var parts) -> choice(parts);
            case PatternPart.Repeat repeat -> repeat(repeat);
        }
    }

    private void choice(List<PatternPart> parts) {
        var ends = new ArrayList<Integer>();
        for (int at = 0; at < parts.size() - 1; at++) {
            int split = add(new Step.Found());
            emit(parts.get(at));
            ends.add(add(new Step.Found()));
            steps.set(split, new Step.Split(split + 1, steps.size()));
        }
        emit(parts.getLast());
        ends.forEach(end -> steps.set(end, new Step.Split(steps.size(), steps.size())));
    }

    private void repeat(PatternPart.Repeat repeat) {
        for (int time = 0; time < repeat.least(); time++) {
            emit(repeat.part());
        }
        if (repeat.most() < 0) {
            int split = add(new Step.Found());
            emit(repeat.part());
            add(new Step.Split(split, split));
            steps.set(split, new Step.Split(split + 1, steps.size()));
            return;
        }
        var splits = new ArrayList<Integer>();
        for (int time = repeat.least(); time < repeat.most(); time++) {
            splits.add(add(new Step.Found()));
            emit(repeat.part());
        }
        splits.forEach(split -> steps.set(split, new Step.Split(split + 1, steps.size())));
    }

    // ---- matching

    /** Whether some part of the text matches. */
    boolean isFoundIn(String text) {
        var here = new Reached();
        var next = new Reached();
        for (int place = 0; ; ) {
            here.follow(0, place, text.length());
            if (here.found || place == text.length()) {
                return here.found;
            }
            int point = text.codePointAt(place);
            place += Character.charCount(point);
            next.clear();
            for (int i = 0; i < here.count; i++) {
                int at = here.takes[i];
                if (steps.get(at) instanceof Step.Take(var set) && set.holds(point)) {
                    next.follow(at + 1, place, text.length());
                }
            }
            var last = here;
            here = next;
            next = last;
        }
    }

    /** The steps that are reached at one place of the text. */
    private final class Reached {
        private final boolean[] seen = new boolean[steps.size()];

        /** The first {@code count} are those reached that take a character. */
        private final int[] takes = new int[steps.size()];

        /** Steps to go into: each step adds at most two, once. */
        private final int[] open = new int[2 * steps.size() + 1];

        private int count;
        private boolean found;

        private void clear() {
            Arrays.fill(seen, false);
            count = 0;
            found = false;
        }

        private void follow(int first, int place, int length) {
            int waiting = 0;
            open[waiting++] = first;
            while (waiting > 0) {
                int at = open[--waiting];
                if (seen[at]) {
                    continue;
                }
                seen[at] = true;
                switch (steps.get(at)) {
                    case Step.Take _ -> takes[count++] = at;
                    case Step.At(var end) -> {
                        if (place == (end ? length : 0)) {
                            open[waiting++] = at + 1;
                        }
                    }
                    case Step.Split(int one, int other) -> {
                        open[waiting++] = one;
                        open[waiting++] = other;
                    }
                    case Step.Found _ -> found = true;
                }
            }
        }
    }
}
