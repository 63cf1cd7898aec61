package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.rank;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.toChar;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The places of cells among the groups of their bucket: columns {@code rank0, rank1, ...} beside what is known of the cells. */
final class RankColumns {
    /** All digits in which doubles are compared. */
    private static final String DIGITS = "9." + "9".repeat(Expr.Rank.DIGITS - 1) + "EEEE";

    private static final Field<Integer> OF_BUCKET = field(name("of_bucket"), SQLDataType.INTEGER);

    private final Map<Expr.Rank, Field<Long>> columns;

    private RankColumns(Map<Expr.Rank, Field<Long>> columns) {
        this.columns = columns;
    }

    /** @param read all expressions of a cell */
    static RankColumns in(Collection<Expr> read) {
        var columns = new LinkedHashMap<Expr.Rank, Field<Long>>();
        read.forEach(expr ->
                Exprs.any(
                        expr,
                        part -> {
                            if (part instanceof Expr.Rank rank && !columns.containsKey(rank)) {
                                columns.put(
                                        rank,
                                        field(name("rank" + columns.size()), SQLDataType.BIGINT));
                            }
                            return false;
                        }));
        return new RankColumns(columns);
    }

    boolean areNeeded() {
        return !columns.isEmpty();
    }

    Field<Long> of(Expr.Rank rank) {
        return Objects.requireNonNull(columns.get(rank));
    }

    /** With the places of another table, which knows all groups; what is of several groups has none. */
    Select<?> placed(Table<?> known, Table<?> places, RowColumns cell, Layout layout) {
        var values = columns.keySet().stream().map(Expr.Rank::value).toList();
        var common = CommonValues.beside(known, cell, values);
        var rates = new RateGaps(common.exprs(), cell);
        var own = new ArrayList<Field<?>>();
        var selected = new ArrayList<Field<?>>();
        // The cells stand apart, as the other table has columns of the same names.
        var cells = DSL.table(name("cells"));
        columns.forEach((rank, column) -> {
            selected.add(SqlTypes.of(places, column).as(column));
            var gaps = rates.of(rank.value());
            if (gaps != RateGaps.NONE) {
                var ofCell = field(name(column.getName() + "_own"), SQLDataType.CLOB);
                own.add(gaps.as(ofCell));
                selected.add(
                        coalesce(SqlTypes.of(places, gapsOf(rank)), SqlTypes.of(cells, ofCell))
                                .as(gapsOf(rank)));
            }
        });
        var isSame =
                SqlTypes.of(cells, Layout.KIND)
                        .eq(SqlTypes.of(places, Layout.KIND))
                        .and(
                                SqlTypes.of(cells, Layout.BUCKET)
                                        .eq(SqlTypes.of(places, Layout.BUCKET)))
                        .and(TopGroups.isSame(cells, places, layout));
        return select(cells.asterisk())
                .select(selected)
                .from(
                        select(known.asterisk())
                                .select(own)
                                .from(common.from())
                                .asTable(cells.getName())
                                .leftJoin(places)
                                .on(isSame));
    }

    Select<?> beside(Table<?> known, RowColumns cell) {
        var values = columns.keySet().stream().map(Expr.Rank::value).toList();
        var common = CommonValues.beside(known, cell, values);
        var rates = new RateGaps(common.exprs(), cell);
        var selected = new ArrayList<Field<?>>();
        Table<?> from = common.from();
        for (var entry : columns.entrySet()) {
            var rank = entry.getKey();
            selected.add(place(rank, common.exprs()).as(entry.getValue()));
            var ofGroup = rates.of(rank.value());
            if (ofGroup != RateGaps.NONE) {
                var ofBucket = name(gapsOf(rank).getName() + "_of_bucket");
                var bucket = DSL.table(ofBucket);
                from =
                        from.leftJoin(ofBuckets(known, cell, rank).asTable(ofBucket))
                                .on(Layout.HAS_GROUP)
                                .and(
                                        SqlTypes.of(bucket, OF_BUCKET)
                                                .eq(SqlTypes.of(known, Layout.BUCKET)));
                selected.add(
                        when(
                                        Layout.HAS_GROUP,
                                        SqlTypes.<String>typed(SqlTypes.of(bucket, gapsOf(rank))))
                                .otherwise(ofGroup)
                                .as(gapsOf(rank)));
            }
        }
        return select(known.asterisk()).select(selected).from(from);
    }

    /** The lines that the groups of a bucket lack, each once for each bucket: beside every group there are as many as rates and days, not as groups. */
    private Select<?> ofBuckets(Table<?> known, RowColumns cell, Expr.Rank rank) {
        var common = CommonValues.beside(known, cell, List.of(rank.value()));
        var gaps = new RateGaps(common.exprs(), cell).of(rank.value());
        var bucket = SqlTypes.of(known, Layout.BUCKET);
        var lines =
                select(bucket.as(OF_BUCKET), RateGaps.lines(gaps).as("line"))
                        .from(common.from())
                        .where(Layout.HAS_GROUP)
                        .asTable("lines");
        var line = field(name("lines", "line"), SQLDataType.CLOB);
        return select(
                        SqlTypes.of(lines, OF_BUCKET).as(OF_BUCKET),
                        RateGaps.ofAll(line).as(gapsOf(rank)))
                .from(lines)
                .groupBy(SqlTypes.of(lines, OF_BUCKET));
    }

    /** For want of which rates it is not known how great a group of the bucket is, and so not where the others stand; of a total its own. */
    Field<String> gapsOf(Expr.Rank rank) {
        return field(name(of(rank).getName() + "_gaps"), SQLDataType.CLOB);
    }

    private static Field<Long> place(Expr.Rank rank, ExprCompiler exprs) {
        var value = exprs.field(rank.value());
        var among =
                rank().over(
                                partitionBy(Layout.KIND, Layout.BUCKET)
                                        .orderBy(compared(rank, value).desc().nullsLast()));
        return when(Layout.HAS_GROUP.and(value.isNotNull()), among.coerce(SQLDataType.BIGINT));
    }

    private static Field<?> compared(Expr.Rank rank, Field<?> value) {
        return rank.value().type().kind() == Kind.DOUBLE
                ? toChar(SqlTypes.approximate(value), DIGITS).cast(SQLDataType.NUMERIC)
                : value;
    }
}
