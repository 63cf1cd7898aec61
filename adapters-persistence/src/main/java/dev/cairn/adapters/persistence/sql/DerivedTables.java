package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectFrom;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Derived;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Touches;
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
 * The common tables of rows that are made of facts: of each sequence that a plan reads all attempts at it with what came of them, of each pair of relations
 * all touches, of each sum of what is valid all changes. Which attempt is chosen in a cell is decided where they are read, see {@link AttemptRows}.
 */
record DerivedTables(Map<Derived, Read> all) {
    static final DerivedTables NONE = new DerivedTables(Map.of());

    /**
     * What is read of rows that are made of facts.
     *
     * @param number among those that stand at rows of the same source
     * @param from before which none is asked for; null: there is no such instant
     * @param until from which on none is
     * @param fields of the facts that they stand at
     * @param later fields of the other rows, as those have them that are made of them: of later steps, of the other row of a touch
     * @param areToldApart whether anything is read by the user or the key of a row
     * @param areTimesAlone whether of attempts nothing else is read than when their steps were, and what that says
     */
    record Read(
            int number,
            @Nullable Instant from,
            Instant until,
            Set<Expr.Field> fields,
            Set<Expr.Field> later,
            boolean areToldApart,
            boolean areTimesAlone) {}

    /** All facts of a source that are counted, from which rows are made, whatever bucket they are in. */
    static RowSet facts(String source, List<Expr> read, Frame frame) {
        var facts =
                new RowSet(
                        FactRows.from(source, Reads.of(read.stream()), frame),
                        FactRows.counted(frame.knownAt()),
                        DSL.inline(frame.first()),
                        FactRows.ACCOUNT,
                        FactRows.USER,
                        true,
                        new FactRows.Columns(source));
        return History.beside(facts, read, frame);
    }

    static DerivedTables of(AnalysisPlan plan) {
        var found = new Found(plan);
        found.add(plan.cells(), plan.time());
        found.add(plan.tallies().counts(), plan.time());
        return found.reads.isEmpty() ? NONE : new DerivedTables(found.tables());
    }

    Table<?> table(Derived derived) {
        return DSL.table(name(nameOf(one(derived))));
    }

    /** The same, whenever the others are read: they are made of facts alone. */
    private static Derived one(Derived derived) {
        return derived.besides(_ -> 0);
    }

    private String nameOf(Derived derived) {
        return nameOf(
                derived,
                switch (derived) {
                    case Attempts _ -> "_attempts";
                    case Touches _ -> "_touches";
                    case Changes _ -> "_changes";
                });
    }

    private String nameOf(Derived derived, String what) {
        int number = Objects.requireNonNull(all.get(derived)).number();
        return derived.inputs().getFirst().source()
                + what
                + (number == 0 ? "" : String.valueOf(number));
    }

    /** The column of a field of the fact that a row stands at, or of its own. */
    static String columnOf(Expr.Field field) {
        return switch (field.source()) {
            case Attempts.SOURCE -> LinkedRows.shortened("s_" + field.name()).last();
            case Touches.SOURCE ->
                    LinkedRows.shortened("t_" + field.name().replace(".", "__")).last();
            case Changes.SOURCE -> LinkedRows.shortened("c_" + field.name()).last();
            default -> FactTable.columnOf(field.name()).last();
        };
    }

    /** How the attempts of a sequence are made, and what comes of them. */
    AttemptCompiler<?> compiler(Attempts attempts, Frame frame) {
        return AttemptCompiler.of(attempts, Objects.requireNonNull(all.get(attempts)), frame);
    }

    /** All that there is of an attempt, by name. */
    List<String> columns(Attempts attempts) {
        return Stream.of(
                        Stream.of("account_id", "user_id", "source_key"),
                        Objects.requireNonNull(all.get(attempts)).fields().stream()
                                .map(DerivedTables::columnOf),
                        Objects.requireNonNull(all.get(attempts)).later().stream()
                                .map(DerivedTables::columnOf),
                        attempts.fields().stream().map(DerivedTables::columnOf))
                .flatMap(columns -> columns)
                .toList();
    }

    List<CommonTableExpression<?>> tables(Frame frame) {
        var tables = new ArrayList<CommonTableExpression<?>>();
        all.forEach((derived, read) -> {
            switch (derived) {
                case Attempts attempts -> tables.addAll(ofAttempts(attempts, read, frame));
                case Touches touches ->
                        tables.add(
                                name(nameOf(touches))
                                        .as(TouchCompiler.touches(touches, read, frame)));
                case Changes changes ->
                        tables.add(
                                name(nameOf(changes)).as(ChangeCompiler.changes(changes, frame)));
            }
        });
        return tables;
    }

    private List<CommonTableExpression<?>> ofAttempts(Attempts attempts, Read read, Frame frame) {
        var tables = new ArrayList<CommonTableExpression<?>>();
        var compiler = AttemptCompiler.of(attempts, read, frame);
        var rowsOfSteps = name(nameOf(attempts, "_steps"));
        var steps = compiler.steps();
        if (compiler.readsOften()) {
            tables.add(rowsOfSteps.as(steps));
            steps = selectFrom(DSL.table(rowsOfSteps));
        }
        tables.add(name(nameOf(attempts)).as(compiler.all(steps, rowsOfSteps)));
        return tables;
    }

    /** What a plan makes of facts. */
    private static final class Found {
        private final Map<Derived, List<Stretch>> reads = new LinkedHashMap<>();
        private final Set<Expr.Field> fields = new LinkedHashSet<>();

        /** Those that are read of rows which are made of facts, or beside them; not of the facts themselves. */
        private final Set<Expr.Field> outside = new LinkedHashSet<>();

        private boolean areToldApart;

        Found(AnalysisPlan plan) {
            Stream.concat(plan.cells().expressions(), plan.tallies().counts().expressions())
                    .forEach(expr -> collect(expr, fields));
        }

        private void collect(Expr expr, Set<Expr.Field> into) {
            Exprs.any(
                    expr,
                    part -> {
                        switch (part) {
                            case Expr.Field field -> into.add(field);
                            case Expr.Linked(var hops, _) ->
                                    hops.stream()
                                            .filter(Expr.Hop::isOfFields)
                                            .forEach(hop -> into.addAll(hop.fields()));
                            default -> areToldApart |= isOfUser(part);
                        }
                        return false;
                    });
        }

        private static boolean isOfUser(Expr part) {
            return switch (part) {
                case Expr.Key(var entity) -> entity.isUser();
                case Expr.Attribute attribute -> attribute.entity().isUser();
                case Expr.Start(var entity, _) -> entity.isUser();
                default -> false;
            };
        }

        private void collectOutside(Block block) {
            for (var scan : block.scans()) {
                // What is pointed at is found by its key.
                scan.toRow()
                        .flatMap(Expr.Hop::row)
                        .ifPresent(to -> {
                            fields.addAll(to.key());
                            outside.addAll(to.key());
                        });
                if (scan.window() != null) {
                    areToldApart = true;
                    scan.window().edges().forEach(edge -> collect(edge, outside));
                }
                Stream.of(Stream.of(scan.where()), scan.keys().stream(), scan.group().stream())
                        .flatMap(exprs -> exprs)
                        .forEach(expr -> collect(expr, outside));
            }
            for (var leaf : block.leaves()) {
                Stream.concat(
                                Stream.of(leaf.where(), leaf.aggregation().value()),
                                leaf.aggregation().besides().stream())
                        .forEach(expr -> collect(expr, outside));
            }
        }

        void add(Block block, Timeline time) {
            collectOutside(block);
            for (var scan : block.scans()) {
                if (scan.relation() instanceof Relation.Facts facts && facts.derived() != null) {
                    Reach reach = time.reaches().get(scan.reach());
                    var stretches =
                            reads.computeIfAbsent(one(facts.derived()), _ -> new ArrayList<>());
                    stretches.addAll(reach.ofBuckets());
                    stretches.add(reach.ofWhole());
                }
                add(
                        scan.relation().own(),
                        scan.relation() instanceof Relation.Ticks(var units, _)
                                ? units.time()
                                : time);
                if (scan.inUnits() != null) {
                    add(scan.inUnits().relation().own(), scan.inUnits().units().time());
                }
            }
        }

        Map<Derived, Read> tables() {
            var tables = new LinkedHashMap<Derived, Read>();
            var numbers = new LinkedHashMap<String, Integer>();
            reads.forEach((derived, stretches) -> {
                String source = derived.inputs().getFirst().source();
                var ofSource = new LinkedHashSet<>(readOf(derived));
                ofSource.removeIf(field -> !field.source().equals(source));
                var later = new LinkedHashSet<>(fields);
                later.removeIf(field -> !isOfOther(field, derived));
                tables.put(
                        derived,
                        new Read(
                                numbers.merge(source, 1, Integer::sum) - 1,
                                from(stretches),
                                stretches.stream()
                                        .map(Stretch::end)
                                        .max(Instant::compareTo)
                                        .orElseThrow(),
                                ofSource,
                                later,
                                areToldApart,
                                areTimesAlone(derived, later)));
            });
            return tables;
        }

        private boolean areTimesAlone(Derived derived, Set<Expr.Field> later) {
            var first = derived.inputs().getFirst();
            return later.isEmpty()
                    && !areToldApart
                    && outside.stream()
                            .filter(field -> field.source().equals(first.source()))
                            .allMatch(first.time()::equals);
        }

        /** Of touches what each of both rows is read for stands beside it; of the others it is had from the fields alone. */
        private Set<Expr.Field> readOf(Derived derived) {
            if (!(derived instanceof Touches touches)) {
                return fields;
            }
            var read = new LinkedHashSet<>(outside);
            Stream.of(touches.earlier(), touches.later())
                    .forEach(side -> collect(side.rows().time(), read));
            return read;
        }

        private static boolean isOfOther(Expr.Field field, Derived derived) {
            return switch (derived) {
                case Attempts attempts -> attempts.later(field).isPresent();
                case Touches touches -> touches.has(field);
                case Changes changes -> changes.has(field);
            };
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
