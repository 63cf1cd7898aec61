package dev.cairn.domain.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The patterns of {@code matches}: a subset of regular expressions that every engine reads alike and in linear time. Letters, digits, blanks and
 * escaped signs stand for themselves; {@code . [abc] [^a-z] ( | ) * + ? {m,n} ^ $ \d \w \s} mean what they always do, in ASCII. It is matched here by
 * following all possibilities at once, one character after the other: no pattern takes longer than its length times the text's.
 */
public final class TextPattern {
    private static final int LONGEST = 500;
    private static final int MOST_STEPS = 5_000;

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
        int[] points = text.codePoints().toArray();
        var here = new Reached(points.length);
        for (int at = 0; at <= points.length; at++) {
            here.follow(0, at);
            if (here.found) {
                return true;
            }
            if (at < points.length) {
                here = here.after(points[at], at + 1);
            }
        }
        return here.found;
    }

    /** The steps that are reached at one place of the text. */
    private final class Reached {
        private final int length;
        private final boolean[] seen = new boolean[steps.size()];
        private final List<Integer> takes = new ArrayList<>();
        private boolean found;

        private Reached(int length) {
            this.length = length;
        }

        private void follow(int first, int place) {
            var open = new ArrayList<Integer>(List.of(first));
            while (!open.isEmpty()) {
                int at = open.removeLast();
                if (seen[at]) {
                    continue;
                }
                seen[at] = true;
                switch (steps.get(at)) {
                    case Step.Take _ -> takes.add(at);
                    case Step.At(var end) -> {
                        if (place == (end ? length : 0)) {
                            open.add(at + 1);
                        }
                    }
                    case Step.Split(int one, int other) -> {
                        open.add(one);
                        open.add(other);
                    }
                    case Step.Found _ -> found = true;
                }
            }
        }

        private Reached after(int point, int place) {
            var next = new Reached(length);
            for (int at : takes) {
                if (steps.get(at) instanceof Step.Take(var set) && set.holds(point)) {
                    next.follow(at + 1, place);
                }
            }
            return next;
        }
    }
}
