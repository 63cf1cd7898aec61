package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.name;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Attributes as of the times that expressions read them, beside the rows: of each member at most one interval holds at a time. */
final class History {
    /** @param way along links to the member; empty: it is the row's own */
    private record Read(List<Expr.Hop> way, EntityRef entity, AsOf asOf) {
        int depth() {
            return way.isEmpty() ? 0 : FurtherLinks.depth(way);
        }

        /** How the rows of a member of a declared entity are told apart; empty: it is an account or a user. */
        Optional<Expr.To.Row> ofDeclared() {
            return way.isEmpty() ? Optional.empty() : way.getLast().row();
        }
    }

    private History() {}

    /** @param read all that is read of the rows */
    static RowSet beside(RowSet rows, List<Expr> read, Frame frame) {
        var further = FurtherLinks.in(read).stream().filter(FurtherLinks::isAsOf).toList();
        int deepest = further.stream().mapToInt(FurtherLinks::depth).max().orElse(0);
        var toAttributes = Reads.of(read.stream()).toAttributes();
        var reached = rows;
        for (int depth = 0; depth <= deepest; depth++) {
            int at = depth;
            var ways = further.stream().filter(way -> FurtherLinks.depth(way) == at).toList();
            var from =
                    FurtherLinks.beside(
                            reached.from(),
                            reached.columns(),
                            ways,
                            toAttributes,
                            reached.account(),
                            (time, kind) -> FactRows.isKnown(time, kind, frame),
                            frame.knownAt());
            reached =
                    withAttributes(
                            reached.with(from, reached.columns()),
                            read,
                            depth == deepest ? of -> of >= at : of -> of == at,
                            "history" + (depth == 0 ? "" : depth + "_"),
                            frame);
        }
        return reached;
    }

    /** @param depth of the ways at whose ends attributes are read */
    private static RowSet withAttributes(
            RowSet rows, List<Expr> read, IntPredicate depth, String prefix, Frame frame) {
        var names = new LinkedHashMap<Read, Name>();
        for (var expr : read) {
            Exprs.any(
                    expr,
                    part -> {
                        read(part)
                                .filter(of -> depth.test(of.depth()))
                                .ifPresent(of ->
                                        names.computeIfAbsent(
                                                of, _ -> name(prefix + names.size())));
                        return false;
                    });
        }
        if (names.isEmpty()) {
            return rows;
        }
        Table<?> from = rows.from();
        for (var entry : names.entrySet()) {
            from = joined(from, entry.getKey(), entry.getValue(), rows, frame);
        }
        return rows.with(from, new Columns(rows.columns(), names));
    }

    private static Table<?> joined(Table<?> from, Read read, Name name, RowSet rows, Frame frame) {
        var declared = read.ofDeclared();
        if (declared.isPresent()) {
            var versions = new Versions(read.way(), declared.get(), new FactTable(name), frame);
            return from.leftJoin(StoreTables.fact(declared.get().source()).as(name))
                    .on(versions.holds(read.asOf(), rows));
        }
        var history = new HistoryTable(read.entity(), name);
        return from.leftJoin(history.table())
                .on(isMembers(history, read.way(), rows))
                .and(holds(history, read.asOf(), rows, frame.asOfDate()));
    }

    private static Optional<Read> read(Expr part) {
        return Exprs.attribute(part)
                .filter(attribute -> attribute.asOf() != null)
                .map(attribute ->
                        new Read(
                                part instanceof Expr.Linked(var way, _) ? way : List.of(),
                                attribute.entity(),
                                Objects.requireNonNull(attribute.asOf())));
    }

    private static Condition isMembers(HistoryTable history, List<Expr.Hop> way, RowSet rows) {
        if (!way.isEmpty()) {
            return history.accountId().eq(LinkedRows.memberId(way));
        }
        var ofAccount = history.accountId().eq(rows.account());
        return history.entity().isUser()
                ? ofAccount.and(history.userId().eq(rows.user()))
                : ofAccount;
    }

    private static Condition holds(
            HistoryTable history, AsOf asOf, RowSet rows, LocalDate asOfDate) {
        return switch (asOf) {
            case AsOf.Fact(var day, _) -> {
                var at = date(day, rows);
                yield history.from().le(at).and(history.until().gt(at));
            }
            case AsOf.Edge(var edge, _) ->
                    holdsBefore(
                            history,
                            DSL.least(
                                    SqlTypes.<LocalDate>typed(rows.columns().edge(edge)),
                                    SqlTypes.date(asOfDate)));
            case AsOf.Day(var day) ->
                    holdsBefore(history, SqlTypes.date(day.isBefore(asOfDate) ? day : asOfDate));
            case AsOf.Now() -> holdsBefore(history, SqlTypes.date(asOfDate));
        };
    }

    /** What holds before the first day that is known holds before it too. */
    private static Condition holdsBefore(HistoryTable history, Field<LocalDate> day) {
        return history.from().lt(day).or(history.isFirst()).and(history.until().ge(day));
    }

    static Field<LocalDate> date(Expr day, RowSet rows) {
        return SqlTypes.typed(
                CommonValues.beside(rows.from(), rows.columns(), List.of()).exprs().field(day));
    }

    /** Of a row, with the attributes beside it. */
    private record Columns(RowColumns row, Map<Read, Name> names) implements BesideRow {
        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return read(attribute)
                    .filter(names::containsKey)
                    .<Field<?>>map(of -> column(of, attribute))
                    .orElseGet(() -> row.attribute(attribute));
        }

        @Override
        public Field<?> linked(Expr.Linked linked) {
            return read(linked)
                    .filter(names::containsKey)
                    .<Field<?>>map(of -> column(of, (Expr.Attribute) linked.end()))
                    .orElseGet(() -> row.linked(linked));
        }

        private Field<?> column(Read of, Expr.Attribute attribute) {
            var name = Objects.requireNonNull(names.get(of));
            var column =
                    of.ofDeclared().isPresent()
                            ? FactTable.columnOf(attribute.name())
                            : HistoryTable.columnOf(attribute.name());
            return StoreTables.column(DSL.table(name), column, attribute.type());
        }
    }
}
