package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far one gets in a sequence of steps, and how long it takes.
 *
 * @param frame when attempts start; by a grain, for each period. Groups are read of the row of the first step
 * @param of whose attempts: account, or another entity; one each for a cell
 * @param within how long an attempt may take, from the first step: 14 days
 * @param inclusive whether the end of that counts
 * @param same fields whose value is that of the first step in all of them
 */
public record Funnel(
        AnalysisQuery frame,
        String of,
        List<Step> steps,
        String within,
        boolean inclusive,
        Order order,
        Attempt attempt,
        List<String> same,
        List<Without> without,
        @Nullable StepField breakdown)
        implements Shape<FunnelAnswer> {
    /** Its columns fit into one question. */
    static final int MOST_STEPS = 12;

    /** Of fields that steps have in common, and of facts that end an attempt. */
    private static final int MOST_BESIDE = 20;

    private static final Pattern SPAN =
            Pattern.compile("\\d{1,9}\\s+(minute|hour|day|week|month|quarter|year)s?");
    private static final Pattern NAME = Pattern.compile("[a-z]\\w*(\\.[a-z]\\w*)*");

    public Funnel {
        steps = List.copyOf(steps);
        same = List.copyOf(same);
        without = List.copyOf(without);
    }

    /**
     * A step.
     *
     * @param facts that are it: event where name = 'login'
     * @param label what it is called; null: its facts
     */
    public record Step(String facts, @Nullable String label) {}

    /** Which orders count. */
    public enum Order {
        /** One after another, whatever else happens between them. */
        ORDERED,
        /** One after another, and nothing else of the sources that are read between them. */
        STRICT,
        /** Any; the steps are numbered as they are reached. */
        UNORDERED
    }

    /** Which attempt of each counts. */
    public enum Attempt {
        /** The one that starts first. */
        FIRST,
        /** The one that gets furthest; of equals the one that starts first. */
        FURTHEST
    }

    /**
     * Facts that end an attempt that they lie in.
     *
     * @param from the step after which they must not happen; null: with to, from the first to the last
     * @param to the step before which they must not happen
     */
    public record Without(String facts, @Nullable Integer from, @Nullable Integer to) {}

    /** A field of the rows of steps, to group by. */
    public record StepField(String field, At at) {
        /** Whose row. */
        public enum At {
            FIRST,
            LAST,
            /** A group for each combination of the values of all steps. */
            EACH
        }
    }

    @Override
    public Asked asked() {
        return new Question().asked();
    }

    @Override
    public FunnelAnswer folded(AnalysisResult answer) {
        return FunnelFold.of(this, answer);
    }

    /** The column of a number of a step, from 1. */
    static String column(String what, int step) {
        return what + "_" + step;
    }

    private final class Question {
        private final Asking asking = new Asking();

        Asked asked() {
            if (steps.size() < 2 || steps.size() > MOST_STEPS) {
                asking.problem(
                        ProblemCode.LIMIT,
                        Place.of("steps"),
                        "A funnel has 2 to %d steps, not %d.",
                        MOST_STEPS,
                        steps.size());
            }
            isShort("same", same);
            isShort("without", without);
            if (steps.size() > MOST_STEPS
                    || same.size() > MOST_BESIDE
                    || without.size() > MOST_BESIDE) {
                return asking.in(frame);
            }
            var attempts = attempts();
            asking.column(column("reached", 1), Wording.of("count({})", attempts));
            for (int step = 2; step <= steps.size(); step++) {
                columns(step, attempts);
            }
            var groups = new ArrayList<>(frame.groupBy());
            groups.addAll(breakdowns());
            return asking.in(frame.withGroupBy(groups));
        }

        private void isShort(String part, List<?> list) {
            if (list.size() > MOST_BESIDE) {
                asking.problem(
                        ProblemCode.LIMIT,
                        Place.of(part),
                        "A funnel has at most %d of '%s', not %d.",
                        MOST_BESIDE,
                        part,
                        list.size());
            }
        }

        private void columns(int step, Wording attempts) {
            int before = step - 1;
            var times =
                    "{} where reached >= %d : days(step_%d_at, step_%d_at)"
                            .formatted(step, before, step);
            asking.column(
                    column("reached", step),
                    Wording.of("count({} where reached >= %d)".formatted(step), attempts));
            asking.column(
                    column("from_first", step),
                    Wording.of("share({} : reached >= %d)".formatted(step), attempts));
            asking.column(
                    column("from_previous", step),
                    Wording.of(
                            "share({} where reached >= %d : reached >= %d)".formatted(before, step),
                            attempts));
            asking.column(
                    column("dropped", step),
                    Wording.of("count({} where reached = %d)".formatted(before), attempts));
            asking.column(
                    column("mean_seconds", step),
                    Wording.of("86400 * avg(" + times + ")", attempts));
            asking.column(
                    column("median_seconds", step),
                    Wording.of("86400 * median(" + times + ")", attempts));
        }

        private Wording attempts() {
            var parts = new ArrayList<Wording>();
            for (int at = 0; at < steps.size(); at++) {
                parts.add(
                        asking.relation(
                                steps.get(at).facts(),
                                Place.of("steps", Integer.toString(at), "facts")));
            }
            var template =
                    new StringBuilder("steps(")
                            .append(gaps(steps.size(), " -> "))
                            .append(" within {}")
                            .append(inclusive ? " inclusive" : "")
                            .append(" per {}")
                            .append(attempt == Attempt.FURTHEST ? " any" : "")
                            .append(
                                    switch (order) {
                                        case ORDERED -> "";
                                        case STRICT -> " strict";
                                        case UNORDERED -> " unordered";
                                    });
            parts.add(span());
            parts.add(asking.entity(of, Place.of("of")));
            if (!same.isEmpty()) {
                template.append(" same ").append(gaps(same.size(), ", "));
                for (int at = 0; at < same.size(); at++) {
                    parts.add(name(same.get(at), Place.of("same", Integer.toString(at))));
                }
            }
            for (int at = 0; at < without.size(); at++) {
                parts.add(without(without.get(at), Place.of("without", Integer.toString(at))));
                template.append(" {}");
            }
            return Wording.of(template.append(")").toString(), parts.toArray(Wording[]::new));
        }

        private static String gaps(int count, String between) {
            return IntStream.range(0, count)
                    .mapToObj(_ -> "{}")
                    .collect(Collectors.joining(between));
        }

        private Wording span() {
            var written = Wording.written(within, Place.of("within"));
            if (SPAN.matcher(within).matches()) {
                return written;
            }
            asking.problem(
                    ProblemCode.BAD_VALUE,
                    Place.of("within"),
                    "'%s' is no span of time: write a number and minutes, hours, days, weeks, months, quarters or years, such as 14 days.",
                    within);
            return written.asBroken();
        }

        private Wording name(String text, Place place) {
            var written = Wording.written(text, place);
            if (NAME.matcher(text).matches()) {
                return written;
            }
            asking.problem(
                    ProblemCode.BAD_VALUE,
                    place,
                    "'%s' is not the name of a field: write one such as page or account.plan.",
                    text);
            return written.asBroken();
        }

        private Wording without(Without excluded, Place place) {
            var facts = asking.relation(excluded.facts(), place.then("facts"));
            var from = excluded.from();
            var to = excluded.to();
            if (from == null && to == null) {
                return Wording.of("without {}", facts);
            }
            if (from == null || to == null || from < 1 || to <= from || to > steps.size()) {
                asking.problem(
                        ProblemCode.BAD_RANGE,
                        place,
                        "What must not happen lies between two steps, of which the second is a later one: from 1 to %d. Without both it is the whole attempt.",
                        Math.max(2, steps.size()));
                return facts.asBroken();
            }
            return Wording.of("without {} between %d and %d".formatted(from, to), facts);
        }

        private List<String> breakdowns() {
            if (breakdown == null) {
                return List.of();
            }
            name(breakdown.field(), Place.of("breakdown", "field"));
            var name = breakdown.field().replace('.', '_');
            return switch (breakdown.at()) {
                case FIRST -> List.of(key(1, name));
                case LAST -> List.of(key(steps.size(), name));
                case EACH ->
                        IntStream.rangeClosed(1, steps.size())
                                .mapToObj(step -> key(step, column(name, step)))
                                .toList();
            };
        }

        private String key(int step, String name) {
            return "(step_%d.%s) as \"%s\""
                    .formatted(step, breakdown == null ? "" : breakdown.field(), name);
        }
    }
}
