package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Touches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Touches: for each later row all earlier ones of its unit are looked at. */
final class Touchings {
    private final AnalysisPlan plan;
    private final Rules rules;
    private final Evaluation evaluation;
    private final Map<Touches, List<Touch>> all = new HashMap<>();

    Touchings(AnalysisPlan plan, Rules rules, Evaluation evaluation) {
        this.plan = plan;
        this.rules = rules;
        this.evaluation = evaluation;
    }

    /** A row of a side. */
    private record Event(Sequences.Place place, Row row, Object unit) {}

    /**
     * The touches that stand at some facts.
     *
     * @param known all facts of a source that are known
     */
    List<Row> of(Touches touches, List<Row> facts, Function<String, List<Row>> known) {
        var pairs = all.computeIfAbsent(touches, one -> all(one, known));
        var rows = new ArrayList<Row>();
        for (var row : facts) {
            for (var pair : pairs) {
                if (isSame(touches.isAtLater() ? pair.later() : pair.earlier(), row)) {
                    rows.add(row.with(pair));
                }
            }
        }
        return rows;
    }

    /** Facts without a key may be alike in everything, and are two. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Row one, Row other) {
        return fact(one) == fact(other);
    }

    private static Fact fact(Row row) {
        return Objects.requireNonNull(row.content()).fact();
    }

    private List<Touch> all(Touches touches, Function<String, List<Row>> known) {
        var earlier = events(touches, touches.earlier(), known);
        return events(touches, touches.later(), known).stream()
                .flatMap(later ->
                        latest(touches, later, earlier)
                                .map(found ->
                                        new Touch(
                                                found.place().time(),
                                                later.place().time(),
                                                found.row(),
                                                later.row()))
                                .stream())
                .toList();
    }

    private Optional<Event> latest(Touches touches, Event later, List<Event> earlier) {
        boolean ofOneSource =
                touches.later().rows().source().equals(touches.earlier().rows().source());
        return earlier.stream()
                .filter(event -> event.unit().equals(later.unit()))
                .filter(event -> {
                    int byTime = Values.compare(event.place().time(), later.place().time());
                    // Keys of two sources may be of other types.
                    int byKey = ofOneSource ? event.place().compareTo(later.place()) : byTime;
                    return rules.comesBefore(byTime, byKey, ofOneSource);
                })
                .filter(event -> hasSame(touches, event, later))
                .max((one, other) -> rules.latest(one.place().compareTo(other.place())))
                .filter(event -> isInSpan(touches, event, later));
    }

    private boolean hasSame(Touches touches, Event earlier, Event later) {
        return IntStream.range(0, touches.later().same().size())
                .allMatch(at ->
                        rules.isSame(
                                evaluation.value(touches.earlier().same().get(at), earlier.row()),
                                evaluation.value(touches.later().same().get(at), later.row())));
    }

    private boolean isInSpan(Touches touches, Event earlier, Event later) {
        return touches.end() == null
                || rules.isInSpan(
                        later.place().time(),
                        Objects.requireNonNull(evaluation.value(touches.end(), earlier.row())),
                        false);
    }

    private List<Event> events(
            Touches touches, Touches.Side side, Function<String, List<Row>> known) {
        var rows = side.rows();
        var events = new ArrayList<Event>();
        int number = 0;
        for (var row : known.apply(rows.source())) {
            number++;
            var time = evaluation.value(rows.time(), row);
            var unit = unit(touches, row);
            if (time != null
                    && unit != null
                    && rules.isKnown(time, plan)
                    && evaluation.keeps(rows.where(), row)) {
                var key = new ArrayList<@Nullable Object>();
                rows.key().forEach(part -> key.add(evaluation.value(part, row)));
                var source = Objects.requireNonNull(row.content()).source();
                var place = new Sequences.Place(time, rules.placeAmong(source, key), number);
                events.add(new Event(place, row, unit));
            }
        }
        return events;
    }

    private @Nullable Object unit(Touches touches, Row row) {
        return touches.per().isUser()
                ? rules.userIdentity(row.account(), row.user())
                : rules.accountIdentity(row.account());
    }
}
