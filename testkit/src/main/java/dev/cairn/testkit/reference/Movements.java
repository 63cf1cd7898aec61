package dev.cairn.testkit.reference;

import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Changes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Changes: at each time at which a row begins or ends, the rows in force just before it and just after it are added. */
final class Movements {
    private final AnalysisPlan plan;
    private final Rules rules;
    private final Evaluation evaluation;
    private final Map<Changes, List<Change>> all = new HashMap<>();

    Movements(AnalysisPlan plan, Rules rules, Evaluation evaluation) {
        this.plan = plan;
        this.rules = rules;
        this.evaluation = evaluation;
    }

    /** A row that is in force for a time. */
    private record Held(Row row, Object from, @Nullable Object until, BigDecimal value) {
        private boolean isAfter(Object time) {
            return Values.compare(from, time) <= 0
                    && (until == null || Values.compare(time, until) < 0);
        }
    }

    /** @param facts of the source, all that are known */
    List<Change> of(Changes changes, List<Row> facts) {
        return all.computeIfAbsent(
                changes,
                asked ->
                        held(asked, facts).entrySet().stream()
                                .flatMap(unit ->
                                        ofUnit(asked, unit.getKey(), unit.getValue()).stream())
                                .toList());
    }

    private Map<Change.Unit, List<Held>> held(Changes changes, List<Row> facts) {
        var units = new LinkedHashMap<Change.Unit, List<Held>>();
        for (var row : facts) {
            boolean ofUser = changes.per().isUser();
            var unit = new Change.Unit(row.account(), ofUser ? row.user() : null);
            var from = evaluation.value(changes.rows().time(), row);
            var until = evaluation.value(changes.until(), row);
            if ((ofUser ? row.user() : row.account()) != null
                    && from != null
                    && rules.isKnown(from, plan)
                    && (until == null || Values.compare(from, until) < 0)
                    && evaluation.keeps(changes.rows().where(), row)
                    && evaluation.value(changes.value(), row) instanceof Number value) {
                units.computeIfAbsent(unit, _ -> new ArrayList<>())
                        .add(new Held(row, from, until, new BigDecimal(value.toString())));
            }
        }
        return units;
    }

    private List<Change> ofUnit(Changes changes, Change.Unit unit, List<Held> rows) {
        var times = new TreeSet<Object>(Values::compare);
        rows.forEach(row -> times.add(row.from()));
        rows.stream().map(Held::until).filter(Objects::nonNull).forEach(times::add);
        times.removeIf(time -> !rules.isKnown(time, plan));
        var found = new ArrayList<Change>();
        boolean wasAny = false;
        for (var time : times) {
            var before =
                    sum(
                            rows.stream()
                                    .filter(row ->
                                            rules.isInForceBefore(row.from(), row.until(), time))
                                    .toList());
            var after = sum(rows.stream().filter(row -> row.isAfter(time)).toList());
            if (before.compareTo(after) == 0) {
                continue;
            }
            var loss = found.isEmpty() ? null : found.getLast();
            if (before.signum() == 0 && loss != null && isOne(changes, loss, time, rows)) {
                found.removeLast();
                before = loss.before();
            }
            if (before.compareTo(after) != 0) {
                found.add(new Change(unit, time, before, after, kind(before, after, wasAny)));
            }
            wasAny = true;
        }
        return found;
    }

    private BigDecimal sum(List<Held> rows) {
        return rules.sum(rows.stream().map(Held::value).toList());
    }

    /** Whether a start is so soon after a loss that both are one change. */
    private boolean isOne(Changes changes, Change loss, Object start, List<Held> rows) {
        if (loss.after().signum() != 0) {
            return false;
        }
        var any = rows.getFirst().row().with(loss);
        return changes.gap() != null
                && rules.isOneChange(
                        start, Objects.requireNonNull(evaluation.value(changes.gap(), any)));
    }

    private Changes.Kind kind(BigDecimal before, BigDecimal after, boolean wasAny) {
        if (before.signum() == 0) {
            return rules.isBack(wasAny) ? Changes.Kind.REACTIVATION : Changes.Kind.NEW;
        }
        if (after.signum() == 0) {
            return Changes.Kind.CHURN;
        }
        return after.compareTo(before) > 0 ? Changes.Kind.EXPANSION : Changes.Kind.CONTRACTION;
    }
}
