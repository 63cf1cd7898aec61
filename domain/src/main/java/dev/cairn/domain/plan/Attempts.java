package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.model.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which facts of a source are rows, where not all are: those that begin an attempt at a sequence of steps. Of each unit and cell (its bucket, and its groups,
 * which are read of the first step's row) one attempt is chosen among those that begin in the stretch of time that is read; what comes of an attempt depends on
 * neither. Conditions of the scan hold of the row before the choice, those of leaves after it. Facts of no unit begin no attempt.
 *
 * @param inputs what is read, each source once, in the order in which steps name them first; then those that only {@code without} names
 * @param steps two at least, in order
 * @param per the unit: account or user
 * @param end of the span, of the first step's row: a later step is before it
 * @param inclusive whether a later step may be at the end itself; of dates never, whose end is a day later then
 * @param without rows that an attempt must not have
 */
public record Attempts(
        List<Input> inputs,
        List<Step> steps,
        EntityRef per,
        SubjectWindow.Edge end,
        boolean inclusive,
        Order order,
        Choice choice,
        List<Without> without)
        implements Derived {
    /** What the fields of an attempt are fields of, beside those of the first step's row: no source has this name. */
    public static final String SOURCE = "steps";

    /** When the first step was. */
    public static final String STARTED = "started";

    /** How many steps were reached, the first included. */
    public static final String REACHED = "reached";

    public static final String COMPLETED = "completed";

    /** Whether the span is not over; where any attempt may be chosen, that of any of the unit in the cell. */
    public static final String PENDING = "is_pending";

    public Attempts {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        without = List.copyOf(without);
    }

    /**
     * A source that is read.
     *
     * @param time by which its rows are ordered; of all inputs of one kind
     * @param key by which rows of one time are ordered
     * @param isKeyed the key is that of the source: it has no empty part, and no two rows have the same. Else it is all that is stored of a row, and rows that
     *     are alike in it stand in for each other
     * @param where what the question asks of each of its rows; a row without it is not there
     */
    public record Input(
            String source, Expr.Field time, List<Expr> key, boolean isKeyed, Expr where) {
        public Input {
            key = List.copyOf(key);
        }

        /** The same source, of whose rows something else is asked. */
        Input asking(Expr other) {
            return new Input(source, time, key, isKeyed, other);
        }

        public Placing placing() {
            return new Placing.At(time);
        }
    }

    /**
     * Rows that a step may be.
     *
     * @param input index of what they are rows of
     * @param same what a later row must have in common with the first, where it is not empty; as many for each step
     */
    public record Step(int input, Expr where, List<Expr> same) {
        public Step {
            same = List.copyOf(same);
        }
    }

    /**
     * Rows that must not lie strictly between the times of two steps.
     *
     * @param input index of what they are rows of
     * @param from number of a step, from 1
     * @param to number of a later step; where it was not reached, the end of the span
     */
    public record Without(int input, Expr where, int from, int to) {}

    /** How strictly the order is taken. */
    public enum Order {
        /** Other rows may lie between. */
        LOOSE,
        /** No other row that is read lies between two steps. */
        STRICT,
        /** Steps are numbered as they are reached. */
        UNORDERED
    }

    /** Which attempt of a unit is chosen in a cell. */
    public enum Choice {
        /** The earliest. */
        FIRST,
        /** The one that gets furthest, of equals the earliest. */
        ANY
    }

    public Type typeOfTimes() {
        return inputs.getFirst().time().type();
    }

    /** When a step was, by its number from 1; empty where it was not reached. */
    public Expr.Field at(int step) {
        return new Expr.Field(SOURCE, "step_%d_at".formatted(step), typeOfTimes());
    }

    public static Expr.Field completed() {
        return new Expr.Field(SOURCE, COMPLETED, Type.BOOLEAN);
    }

    public static Expr.Field pending() {
        return new Expr.Field(SOURCE, PENDING, Type.BOOLEAN);
    }

    public static Expr.Field reached() {
        return new Expr.Field(SOURCE, REACHED, Type.COUNT);
    }

    public Expr.Field started() {
        return new Expr.Field(SOURCE, STARTED, typeOfTimes());
    }

    /** What an attempt has, beside the fields of the first step's row. */
    @Override
    public List<Expr.Field> fields() {
        var fields = new ArrayList<>(List.of(started(), reached(), completed(), pending()));
        IntStream.rangeClosed(1, steps.size()).mapToObj(this::at).forEach(fields::add);
        return List.copyOf(fields);
    }

    /** What an attempt always has. */
    @Override
    public List<Expr.Field> neverEmpty() {
        return List.of(started(), reached(), completed(), pending(), at(1));
    }

    /**
     * A field of the row of a later step.
     *
     * @param step its number, from 2
     */
    public record Later(int step, Expr.Field field) {}

    /** What a field of the row of a step is a field of, by the step's number from 1. */
    public static String link(int step) {
        return "step_" + step;
    }

    /** A field of the row of a later step, as a field of the attempt: empty where the step was not reached. */
    public static Expr.Field of(int step, Expr.Field field) {
        var type =
                field.type().unit() instanceof Unit.RowMoney(var holder)
                        ? field.type().in(new Unit.RowMoney(nameOf(step, field.source(), holder)))
                        : field.type();
        return new Expr.Field(SOURCE, nameOf(step, field.source(), field.name()), type);
    }

    private static String nameOf(int step, String source, String field) {
        return "%s.%s.%s".formatted(link(step), source, field);
    }

    /** The field of the row of a later step that a field of an attempt is; empty where it is none, or of another sequence. */
    public Optional<Later> later(Expr.Field field) {
        return IntStream.rangeClosed(2, field.source().equals(SOURCE) ? steps.size() : 0)
                .mapToObj(step -> later(step, field))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Later> later(int step, Expr.Field field) {
        var source = input(steps.get(step - 1)).source();
        var beginning = nameOf(step, source, "");
        return field.name().startsWith(beginning)
                ? Optional.of(
                        new Later(
                                step,
                                new Expr.Field(
                                        source,
                                        field.name().substring(beginning.length()),
                                        field.type())))
                : Optional.empty();
    }

    /** Whether an attempt has a field beside those of the first step's row. */
    @Override
    public boolean has(Expr.Field field) {
        return fields().contains(field) || later(field).isPresent();
    }

    /** A row begins one attempt at most. */
    @Override
    public List<Expr.Field> orderOfOneFact() {
        return List.of();
    }

    /** Whether a field is of what came of an attempt, which is known once its span is over; when it began is known before. */
    public static boolean isOutcome(Expr expr) {
        return expr instanceof Expr.Field(var source, var name, _)
                && source.equals(SOURCE)
                && !name.equals(STARTED)
                && !name.equals("step_1_at");
    }

    public Input input(Step step) {
        return inputs.get(step.input());
    }

    /** All is read in the time of the attempts. */
    @Override
    public Attempts besides(IntUnaryOperator other) {
        return this;
    }

    /** Each with what is asked of its rows besides. */
    @Override
    public Attempts asking(List<Expr> conditions) {
        var asked =
                IntStream.range(0, inputs.size())
                        .mapToObj(at -> {
                            var input = inputs.get(at);
                            return input.asking(Expr.and(input.where(), conditions.get(at)));
                        })
                        .toList();
        return new Attempts(asked, steps, per, end, inclusive, order, choice, without);
    }

    /** The same, of other expressions. */
    @Override
    public Attempts of(UnaryOperator<Expr> other) {
        return new Attempts(
                inputs.stream().map(input -> input.asking(other.apply(input.where()))).toList(),
                steps.stream()
                        .map(step ->
                                new Step(
                                        step.input(),
                                        other.apply(step.where()),
                                        step.same().stream().map(other).toList()))
                        .toList(),
                per,
                end.of(other),
                inclusive,
                order,
                choice,
                without.stream()
                        .map(none ->
                                new Without(
                                        none.input(),
                                        other.apply(none.where()),
                                        none.from(),
                                        none.to()))
                        .toList());
    }

    /** What is read of the rows of an input. */
    public Stream<Expr> expressions(int input) {
        return Stream.of(
                        Stream.of(inputs.get(input).where(), inputs.get(input).time()),
                        inputs.get(input).key().stream(),
                        steps.stream()
                                .filter(step -> step.input() == input)
                                .flatMap(step ->
                                        Stream.concat(
                                                Stream.of(step.where()), step.same().stream())),
                        without.stream().filter(none -> none.input() == input).map(Without::where))
                .flatMap(exprs -> exprs);
    }

    /** What is read of the rows of all inputs, and of the first step's. */
    @Override
    public Stream<Expr> expressions() {
        return Stream.concat(
                IntStream.range(0, inputs.size()).boxed().flatMap(this::expressions), end.read());
    }

    /** What decides a leaf beside its own facts: the other sources, in the same stretches. */
    @Override
    public Stream<Read> reads(int reach) {
        return inputs.stream().map(input -> new Read(input.source(), input.placing(), reach));
    }
}
