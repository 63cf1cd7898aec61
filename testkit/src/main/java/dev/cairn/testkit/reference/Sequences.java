package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Attempts at sequences of steps: each is followed from its first row through all rows of its unit, one step after the other. */
final class Sequences {
    private final AnalysisPlan plan;
    private final Rules rules;
    private final Evaluation evaluation;
    private final Knowledge knowledge;
    private final Map<Attempts, IdentityHashMap<Fact, Attempt>> begun = new HashMap<>();

    Sequences(AnalysisPlan plan, Rules rules, Evaluation evaluation, Knowledge knowledge) {
        this.plan = plan;
        this.rules = rules;
        this.evaluation = evaluation;
        this.knowledge = knowledge;
    }

    /**
     * Where a row stands among those of its source.
     *
     * @param time a date, or an instant
     * @param number among rows that nothing else tells apart
     */
    record Place(Object time, List<@Nullable Object> key, int number) {
        int compareTo(Place other) {
            int byTime = Values.compare(time, other.time);
            if (byTime != 0) {
                return byTime;
            }
            for (int at = 0; at < key.size(); at++) {
                int order = compare(key.get(at), other.key.get(at));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(number, other.number);
        }

        private static int compare(@Nullable Object one, @Nullable Object other) {
            return one == null || other == null
                    ? Boolean.compare(one == null, other == null)
                    : Values.compare(one, other);
        }
    }

    /** A row that may be a step: of which input it is, and of whom. */
    private record Event(int input, Place place, Row row, @Nullable Object unit) {}

    // ---- which rows begin an attempt

    /**
     * The rows among some facts that begin an attempt, each with what came of it.
     *
     * @param known all facts of a source that are known
     */
    List<Row> begun(Attempts attempts, List<Row> facts, Function<String, List<Row>> known) {
        var all = begun.computeIfAbsent(attempts, one -> all(one, known));
        return facts.stream()
                .flatMap(row -> Stream.ofNullable(all.get(fact(row))).map(row::with))
                .toList();
    }

    /** By the facts that begin them, whatever the stretch of time: what steps read does not depend on it. */
    private IdentityHashMap<Fact, Attempt> all(
            Attempts attempts, Function<String, List<Row>> known) {
        var events = new ArrayList<Event>();
        for (int input = 0; input < attempts.inputs().size(); input++) {
            events.addAll(events(attempts, input, known));
        }
        var all = new IdentityHashMap<Fact, Attempt>();
        events.stream()
                .filter(event -> event.input() == 0)
                .forEach(event ->
                        attempt(attempts, event, events)
                                .ifPresent(attempt -> all.put(fact(event.row()), attempt)));
        return all;
    }

    private static Fact fact(Row row) {
        return Objects.requireNonNull(row.content()).fact();
    }

    private List<Event> events(Attempts attempts, int index, Function<String, List<Row>> known) {
        var input = attempts.inputs().get(index);
        var events = new ArrayList<Event>();
        for (var row : known.apply(input.source())) {
            var time = evaluation.value(input.time(), row);
            if (time != null && rules.isKnown(time, plan) && evaluation.keeps(input.where(), row)) {
                var key = new ArrayList<@Nullable Object>();
                input.key().forEach(part -> key.add(evaluation.value(part, row)));
                var source = Objects.requireNonNull(row.content()).source();
                var place = new Place(time, rules.placeAmong(source, key), events.size());
                events.add(new Event(index, place, row, unit(attempts.per(), row)));
            }
        }
        return events;
    }

    /** What tells units apart; null: of none. */
    private @Nullable Object unit(EntityRef per, Row row) {
        return per.isUser()
                ? rules.userIdentity(row.account(), row.user())
                : rules.accountIdentity(row.account());
    }

    // ---- what comes of one

    private Optional<Attempt> attempt(Attempts attempts, Event first, List<Event> events) {
        var open = new ArrayList<>(attempts.steps());
        boolean isUnordered = attempts.order() == Attempts.Order.UNORDERED;
        var served =
                open.stream()
                        .limit(rules.mayBegin(isUnordered, open.size()))
                        .filter(step -> serves(step, first))
                        .findFirst();
        if (first.unit() == null || served.isEmpty()) {
            return Optional.empty();
        }
        open.remove(served.get());
        var unit = events.stream().filter(event -> first.unit().equals(event.unit())).toList();
        var reached = new ArrayList<>(List.of(first));
        var end = Objects.requireNonNull(evaluation.value(attempts.end().at(), first.row()));
        for (var next = next(attempts, open, served.get(), reached, unit, end);
                next.isPresent();
                next = next(attempts, open, served.get(), reached, unit, end)) {
            reached.add(next.get());
            open.remove(serving(attempts, open, served.get(), first, next.get()).orElseThrow());
        }
        return attempts.without().stream()
                        .anyMatch(none -> isSpoiled(attempts, none, reached, unit, end))
                ? Optional.empty()
                : Optional.of(
                        new Attempt(
                                attempts,
                                reached.stream().map(event -> event.place().time()).toList(),
                                reached.stream().map(Event::row).toList(),
                                first.place(),
                                isPending(attempts, first.row())));
    }

    private boolean serves(Attempts.Step step, Event event) {
        return event.input() == step.input() && evaluation.keeps(step.where(), event.row());
    }

    /** The earliest row that is a further step; none where something lies before it that must not. */
    private Optional<Event> next(
            Attempts attempts,
            List<Attempts.Step> open,
            Attempts.Step served,
            List<Event> reached,
            List<Event> unit,
            Object end) {
        var next =
                unit.stream()
                        .filter(event -> reached.stream().allMatch(step -> comesAfter(event, step)))
                        .filter(event ->
                                rules.isInSpan(event.place().time(), end, attempts.inclusive()))
                        .filter(event ->
                                serving(attempts, open, served, reached.getFirst(), event)
                                        .isPresent())
                        .min((one, other) -> one.place().compareTo(other.place()));
        return attempts.order() == Attempts.Order.STRICT
                ? next.filter(found ->
                        !rules.isInterrupted(
                                unit.stream()
                                        .filter(event ->
                                                isBeyond(event, reached.getLast())
                                                        && isBeyond(found, event))
                                        .count()))
                : next;
    }

    /** The step that a row is, of those that are not reached yet; in order only the next of them. */
    private Optional<Attempts.Step> serving(
            Attempts attempts,
            List<Attempts.Step> open,
            Attempts.Step served,
            Event first,
            Event event) {
        long next = attempts.order() == Attempts.Order.UNORDERED ? open.size() : 1;
        return open.stream()
                .limit(next)
                .filter(step -> serves(step, event))
                .filter(step ->
                        IntStream.range(0, step.same().size())
                                .allMatch(at ->
                                        rules.isSame(
                                                evaluation.value(
                                                        served.same().get(at), first.row()),
                                                evaluation.value(
                                                        step.same().get(at), event.row()))))
                .findFirst();
    }

    /** At the same time, of rows of one source the one with the greater key comes after; of rows of two sources each does. */
    private boolean comesAfter(Event event, Event step) {
        int byTime = Values.compare(event.place().time(), step.place().time());
        return event.input() == step.input()
                ? rules.comesAfter(byTime, event.place().compareTo(step.place()))
                : byTime >= 0;
    }

    /** Whether it comes after, and not at the same time as a row of another source. */
    private static boolean isBeyond(Event event, Event other) {
        return event.input() == other.input()
                ? event.place().compareTo(other.place()) > 0
                : Values.compare(event.place().time(), other.place().time()) > 0;
    }

    /** Whether a row lies where none of its kind may. */
    private boolean isSpoiled(
            Attempts attempts,
            Attempts.Without none,
            List<Event> reached,
            List<Event> unit,
            Object end) {
        if (reached.size() < none.from()) {
            return false;
        }
        var from = reached.get(none.from() - 1).place().time();
        return unit.stream()
                .filter(event ->
                        event.input() == none.input()
                                && evaluation.keeps(none.where(), event.row()))
                .map(event -> event.place().time())
                .anyMatch(time ->
                        rules.isAfterStep(Values.compare(time, from))
                                && (reached.size() < none.to()
                                        ? rules.isInSpan(time, end, attempts.inclusive())
                                        : Values.compare(
                                                        time,
                                                        reached.get(none.to() - 1).place().time())
                                                < 0));
    }

    private boolean isPending(Attempts attempts, Row first) {
        var end = Objects.requireNonNull(evaluation.value(attempts.end().at(), first));
        var over =
                (Instant) Objects.requireNonNull(evaluation.value(attempts.end().instant(), first));
        return attempts.inputs().stream()
                .map(input -> knowledge.coverage(input.source()))
                .anyMatch(coverage ->
                        attempts.inclusive()
                                ? rules.isPending(after(end), over.plusNanos(1), coverage, plan)
                                : rules.isPending(end, over, coverage, plan));
    }

    /** The first time at which what may come at the end has come. */
    private static Object after(Object end) {
        return end instanceof LocalDate date ? date.plusDays(1) : ((Instant) end).plusNanos(1);
    }

    // ---- which of them counts

    /** The rows of a scan in a bucket: of attempts, the one of each unit in each cell. */
    List<Row> chosen(Scan scan, List<Row> rows, Function<Row, Object> cell) {
        if (!(scan.relation() instanceof Relation.Facts facts) || facts.attempts() == null) {
            return rows;
        }
        var attempts = facts.attempts();
        Map<Object, List<Row>> units = new LinkedHashMap<>();
        for (var row : rows) {
            var unit =
                    Arrays.asList(rules.cellOfAttempt(cell.apply(row)), unit(attempts.per(), row));
            units.computeIfAbsent(unit, _ -> new ArrayList<>()).add(row);
        }
        return units.values().stream().map(begun -> chosen(attempts, begun)).toList();
    }

    private Row chosen(Attempts attempts, List<Row> begun) {
        var chosen =
                switch (attempts.choice()) {
                    case FIRST -> begun.stream().min(Sequences::byPlace);
                    case ANY ->
                            begun.stream()
                                    .min((one, other) ->
                                            Values.first(
                                                    () ->
                                                            rules.furthest(
                                                                    reached(one), reached(other)),
                                                    () -> byPlace(one, other)));
                };
        var row = chosen.orElseThrow();
        boolean isPending =
                attempts.choice() == Attempts.Choice.ANY
                        ? rules.isAnyPending(
                                begun.stream().map(one -> of(one).isPending()).toList(),
                                of(row).isPending())
                        : of(row).isPending();
        return row.with(of(row).pending(isPending));
    }

    private static int byPlace(Row one, Row other) {
        return of(one).place().compareTo(of(other).place());
    }

    private static int reached(Row row) {
        return of(row).reached();
    }

    private static Attempt of(Row row) {
        return row.attempt();
    }
}
