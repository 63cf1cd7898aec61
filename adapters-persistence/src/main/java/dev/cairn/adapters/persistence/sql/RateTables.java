package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.RateTable;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Timeline;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Rates of exchange: a common table of each source, with the rate that holds on each day, and its rates beside the rows that read them. */
final class RateTables {
    private RateTables() {}

    // ---- the rates

    /** Of all that a plan reads. */
    static List<CommonTableExpression<?>> of(AnalysisPlan plan) {
        var all = new TreeMap<String, RateTable>();
        collect(plan.cells(), all);
        collect(plan.tallies().counts(), all);
        return all.values().stream()
                .<CommonTableExpression<?>>map(rates -> common(rates, plan.time()))
                .toList();
    }

    private static void collect(Block block, Map<String, RateTable> found) {
        for (int index = 0; index < block.scans().size(); index++) {
            var scan = block.scans().get(index);
            var leaves = ScanCompiler.leavesOf(block.leaves(), index, _ -> true).values();
            Stream.concat(scan.kept().stream(), Reads.expressions(scan, List.<Leaf>copyOf(leaves)))
                    .forEach(expr ->
                            Exprs.any(
                                    expr,
                                    part -> {
                                        if (part instanceof Expr.Convert convert) {
                                            found.put(convert.rates().source(), convert.rates());
                                        }
                                        return false;
                                    }));
            collect(scan.relation().own(), found);
        }
    }

    private static String nameOf(RateTable rates) {
        return "rates_" + rates.source();
    }

    /**
     * A row for each day on which a rate holds, so that it is looked up by what is equal: where each row had a first and a last day, each amount would be
     * compared with all rates of its currency. A day with several rates of a currency that differ has none, and ends the one before.
     */
    private static CommonTableExpression<?> common(RateTable rates, Timeline time) {
        var fact = StoreTables.fact(rates.source()).as("fact");
        Field<LocalDate> on = column(rates.day());
        Field<String> of = column(rates.currency());
        Field<BigDecimal> rate = SqlTypes.exact(column(rates.rate()));
        var day = StoreTables.date(DSL.table(name("by_day")), "day");
        var currency = StoreTables.text(DSL.table(name("by_day")), "currency");
        var byDay =
                select(
                                of.as("currency"),
                                on.as("day"),
                                when(
                                                DSL.count(rate)
                                                        .eq(DSL.count())
                                                        .and(DSL.min(rate).eq(DSL.max(rate)))
                                                        .and(DSL.min(rate).gt(BigDecimal.ZERO)),
                                                DSL.min(rate))
                                        .as("rate"))
                        .from(fact)
                        .where(FactRows.counted(time.knownAt()))
                        .groupBy(of, on)
                        .asTable("by_day");
        var held =
                select(
                                currency,
                                day.as("from_day"),
                                least(
                                                DSL.lead(day)
                                                        .over(
                                                                DSL.partitionBy(currency)
                                                                        .orderBy(day)),
                                                day.add(inline(rates.carry())),
                                                // No later day is asked for.
                                                SqlTypes.date(time.asOfDate().plusDays(2)))
                                        .as("until_day"),
                                rateOf(DSL.table(name("by_day"))))
                        .from(byDay)
                        .asTable("held");
        var from = StoreTables.date(DSL.table(name("held")), "from_day");
        var until = StoreTables.date(DSL.table(name("held")), "until_day");
        Field<Integer> days = DSL.localDateDiff(until, from);
        Field<Integer> later = DSL.field(name("n", "n"), SQLDataType.INTEGER);
        return name(nameOf(rates))
                .asMaterialized(
                        select(
                                        StoreTables.text(DSL.table(name("held")), "currency"),
                                        from.add(later).as("day"),
                                        rateOf(DSL.table(name("held"))))
                                .from(held)
                                .crossJoin(
                                        DSL.lateral(
                                                DSL.generateSeries(inline(0), days.sub(inline(1)))
                                                        .as("n", "n"))));
    }

    private static <T> Field<T> column(Expr.Field field) {
        return SqlTypes.typed(
                StoreTables.column(
                        DSL.table(name("fact")), FactTable.columnOf(field.name()), field.type()));
    }

    private static Field<BigDecimal> rateOf(Table<?> table) {
        return DSL.field(table.getUnqualifiedName().append("rate"), SQLDataType.NUMERIC);
    }

    // ---- beside rows

    private record Read(RateTable rates, Expr currency, AsOf asOf) {
        static Read of(Expr.Convert convert) {
            return new Read(convert.rates(), convert.currency(), convert.asOf());
        }

        /** The rate of the currency that an amount is converted into, where the rates lead to another one. */
        static Read ofTarget(Expr.Convert convert) {
            return new Read(convert.rates(), Expr.text(convert.to()), convert.asOf());
        }

        static List<Read> all(Expr.Convert convert) {
            return convert.isThrough()
                    ? List.of(of(convert), ofTarget(convert))
                    : List.of(of(convert));
        }
    }

    /** @param read all that is read of the rows */
    static RowSet beside(RowSet rows, List<Expr> read, LocalDate asOfDate) {
        var joined = new LinkedHashMap<Read, Joined>();
        var exprs = CommonValues.beside(rows.from(), rows.columns(), List.of()).exprs();
        convertsIn(read).stream()
                .flatMap(convert -> Read.all(convert).stream())
                .forEach(rate ->
                        joined.computeIfAbsent(
                                rate,
                                key ->
                                        new Joined(
                                                DSL.table(name("rate" + joined.size())),
                                                SqlTypes.typed(exprs.field(key.currency())),
                                                day(key.asOf(), rows.columns(), exprs, asOfDate))));
        if (joined.isEmpty()) {
            return rows;
        }
        Table<?> from = rows.from();
        for (var entry : joined.entrySet()) {
            var rates = DSL.table(name(nameOf(entry.getKey().rates())));
            from =
                    from.leftJoin(rates.as(entry.getValue().table().getName()))
                            .on(entry.getValue().holds());
        }
        return new RowSet(
                from,
                rows.where(),
                rows.bucket(),
                rows.account(),
                rows.user(),
                rows.mayLackAccount(),
                new Columns(rows.columns(), joined));
    }

    private static List<Expr.Convert> convertsIn(List<Expr> read) {
        var found = new ArrayList<Expr.Convert>();
        for (var expr : read) {
            Exprs.any(
                    expr,
                    part -> {
                        if (part instanceof Expr.Convert convert) {
                            found.add(convert);
                        }
                        return false;
                    });
        }
        return found;
    }

    /** The day whose rate is read; at a boundary the one before it. */
    private static Field<LocalDate> day(
            AsOf asOf, RowColumns columns, ExprCompiler exprs, LocalDate asOfDate) {
        return switch (asOf) {
            case AsOf.Fact(var day, _) -> SqlTypes.typed(exprs.field(day));
            case AsOf.Edge(var edge, _) ->
                    least(SqlTypes.<LocalDate>typed(columns.edge(edge)), SqlTypes.date(asOfDate))
                            .sub(inline(1));
            case AsOf.Day(var day) ->
                    SqlTypes.date((day.isBefore(asOfDate) ? day : asOfDate).minusDays(1));
            case AsOf.Now() -> SqlTypes.date(asOfDate.minusDays(1));
        };
    }

    /** A rate beside the rows. */
    private record Joined(Table<?> table, Field<String> currency, Field<LocalDate> day) {
        Condition holds() {
            return StoreTables.text(table, "currency")
                    .eq(currency)
                    .and(StoreTables.date(table, "day").eq(day));
        }
    }

    /**
     * What is read of rates for a row.
     *
     * @param ofTarget the rate of the currency that the amount is converted into; null: the rates lead to it
     */
    record RateOfRow(
            Field<BigDecimal> rate,
            Field<String> currency,
            Field<LocalDate> day,
            @Nullable Field<BigDecimal> ofTarget) {}

    /** Of a row, with the rates beside it. */
    private record Columns(RowColumns row, Map<Read, Joined> rates) implements BesideRow {
        @Override
        public RateOfRow rate(Expr.Convert convert) {
            var joined = Objects.requireNonNull(rates.get(Read.of(convert)));
            return new RateOfRow(
                    rateOf(joined.table()),
                    joined.currency(),
                    joined.day(),
                    convert.isThrough()
                            ? rateOf(
                                    Objects.requireNonNull(rates.get(Read.ofTarget(convert)))
                                            .table())
                            : null);
        }
    }
}
