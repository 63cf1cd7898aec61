package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectFrom;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.CommonTableExpression;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The common tables of attempts: for each sequence that a plan reads, all attempts at it with what came of them. Which of them is chosen in a cell is
 * decided where they are read, see {@link AttemptRows}.
 */
record AttemptTables(Map<Attempts, Read> all) {
    static final AttemptTables NONE = new AttemptTables(Map.of());

    /**
     * What is read of a sequence.
     *
     * @param number among those that begin with a row of the same source
     * @param from before which no attempt is asked for that begins; null: there is no such instant
     * @param until from which on none is
     * @param fields of the first step's row
     * @param later fields of the rows of later steps, as the attempt has them
     */
    record Read(
            int number,
            @Nullable Instant from,
            Instant until,
            Set<Expr.Field> fields,
            Set<Expr.Field> later) {}

    static AttemptTables of(AnalysisPlan plan) {
        var found = new Found(plan);
        found.add(plan.cells(), plan.time());
        found.add(plan.tallies().counts(), plan.time());
        return found.reads.isEmpty() ? NONE : new AttemptTables(found.tables());
    }

    Table<?> table(Attempts attempts) {
        return DSL.table(name(nameOf(attempts)));
    }

    private String nameOf(Attempts attempts) {
        return nameOf(attempts, "_attempts");
    }

    private String nameOf(Attempts attempts, String what) {
        int number = Objects.requireNonNull(all.get(attempts)).number();
        return attempts.inputs().getFirst().source()
                + what
                + (number == 0 ? "" : String.valueOf(number));
    }

    /** All that there is of an attempt, by name. */
    List<String> columns(Attempts attempts) {
        return Stream.of(
                        Stream.of("account_id", "user_id", "source_key"),
                        Objects.requireNonNull(all.get(attempts)).fields().stream()
                                .map(AttemptRows::columnOf),
                        Objects.requireNonNull(all.get(attempts)).later().stream()
                                .map(AttemptRows::columnOf),
                        attempts.fields().stream().map(AttemptRows::columnOf))
                .flatMap(columns -> columns)
                .toList();
    }

    List<CommonTableExpression<?>> tables(Frame frame) {
        var tables = new ArrayList<CommonTableExpression<?>>();
        all.forEach((attempts, read) -> {
            var compiler = AttemptCompiler.of(attempts, read, frame);
            var rowsOfSteps = name(nameOf(attempts, "_steps"));
            var steps = compiler.steps();
            if (!read.later().isEmpty()) {
                tables.add(rowsOfSteps.as(steps));
                steps = selectFrom(DSL.table(rowsOfSteps));
            }
            tables.add(name(nameOf(attempts)).as(compiler.all(steps, rowsOfSteps)));
        });
        return tables;
    }

    /** The sequences of a plan. */
    private static final class Found {
        private final Map<Attempts, List<Stretch>> reads = new LinkedHashMap<>();
        private final Set<Expr.Field> fields = new LinkedHashSet<>();

        Found(AnalysisPlan plan) {
            Stream.concat(plan.cells().expressions(), plan.tallies().counts().expressions())
                    .forEach(expr ->
                            Exprs.any(
                                    expr,
                                    part -> {
                                        collect(part);
                                        return false;
                                    }));
        }

        private void collect(Expr part) {
            if (part instanceof Expr.Field field) {
                fields.add(field);
            } else if (part instanceof Expr.Linked(var hops, _)) {
                hops.forEach(hop -> fields.addAll(hop.from()));
            }
        }

        void add(Block block, Timeline time) {
            for (var scan : block.scans()) {
                if (scan.relation() instanceof Relation.Facts facts && facts.attempts() != null) {
                    Reach reach = time.reaches().get(scan.reach());
                    var stretches = reads.computeIfAbsent(facts.attempts(), _ -> new ArrayList<>());
                    stretches.addAll(reach.ofBuckets());
                    stretches.add(reach.ofWhole());
                }
                add(
                        scan.relation().own(),
                        scan.relation() instanceof Relation.Ticks(var units, _)
                                ? units.time()
                                : time);
            }
        }

        Map<Attempts, Read> tables() {
            var tables = new LinkedHashMap<Attempts, Read>();
            var numbers = new LinkedHashMap<String, Integer>();
            reads.forEach((attempts, stretches) -> {
                String source = attempts.inputs().getFirst().source();
                var ofSource = new LinkedHashSet<>(fields);
                ofSource.removeIf(field -> !field.source().equals(source));
                var later = new LinkedHashSet<>(fields);
                later.removeIf(field -> attempts.later(field).isEmpty());
                tables.put(
                        attempts,
                        new Read(
                                numbers.merge(source, 1, Integer::sum) - 1,
                                from(stretches),
                                stretches.stream()
                                        .map(Stretch::end)
                                        .max(Instant::compareTo)
                                        .orElseThrow(),
                                ofSource,
                                later));
            });
            return tables;
        }

        private static @Nullable Instant from(List<Stretch> stretches) {
            return stretches.stream().anyMatch(stretch -> stretch.start() == null)
                    ? null
                    : stretches.stream()
                            .map(stretch -> Objects.requireNonNull(stretch.start()))
                            .min(Instant::compareTo)
                            .orElseThrow();
        }
    }

    /** At least as long as a span is, whenever it begins; empty where it is not of a known length. */
    static @Nullable Duration atLeast(Expr end) {
        if (end instanceof Expr.Field) {
            return Duration.ZERO;
        }
        if (!(end instanceof Expr.Call(var function, var arguments, _))
                || function != Function.MOVED
                || !(arguments.get(1) instanceof Expr.Literal(var count, _))
                || !(arguments.get(2) instanceof Expr.Literal(var unit, _))) {
            return null;
        }
        var before = atLeast(arguments.getFirst());
        if (before == null || !(count instanceof BigDecimal number) || unit == null) {
            return null;
        }
        int days =
                switch (TimeSpan.Unit.valueOf((String) unit)) {
                    case MINUTE, HOUR, DAY -> 1;
                    case WEEK -> 7;
                    case MONTH -> 31;
                    case QUARTER -> 92;
                    case YEAR -> 366;
                };
        return before.plusDays(number.longValue() * days + 2);
    }
}
