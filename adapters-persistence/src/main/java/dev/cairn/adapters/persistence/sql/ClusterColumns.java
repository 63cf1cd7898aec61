package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sqrt;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The standard error of a mean of rows that vary together by cluster, exact up to the last division and its root. */
final class ClusterColumns {
    private static final Field<BigDecimal> VALUE = numeric("values", "value");
    private static final Field<BigDecimal> WEIGHT = numeric("weights", "weight");

    /** Of one cluster, the sums of w v and of w; then those of all. */
    private static final Field<BigDecimal> PRODUCTS = numeric("sums", "products");

    private static final Field<BigDecimal> WEIGHTS = numeric("sums", "weights");
    private static final Field<BigDecimal> ALL_PRODUCTS = numeric("sums", "all_products");
    private static final Field<BigDecimal> ALL_WEIGHTS = numeric("sums", "all_weights");

    private ClusterColumns() {}

    /**
     * The sum of w (v - m) of a cluster is, times the weight of all, that of w v times the weight of all less its weight times that of w v of all.
     *
     * @param cluster empty for the rows of one more cluster
     * @param rows those of the leaf; null: all
     */
    static Field<?> of(
            Field<?> value, Field<?> weight, Field<?> cluster, @Nullable Condition rows) {
        var present = value.isNotNull().and(weight.isNotNull());
        var counted = rows == null ? present : rows.and(present);
        var order = List.of(cluster, exact(value), exact(weight));
        var products = sum(WEIGHT.mul(VALUE));
        var weights = sum(WEIGHT);
        var sums =
                select(
                                products.as("products"),
                                weights.as("weights"),
                                sum(products).over().as("all_products"),
                                sum(weights).over().as("all_weights"))
                        .from(
                                elements(exact(value), order, counted, "values", "value")
                                        .join(
                                                elements(
                                                        exact(weight),
                                                        order,
                                                        counted,
                                                        "weights",
                                                        "weight"))
                                        .on(place("weights").eq(place("values")))
                                        .join(
                                                elements(
                                                        cluster.cast(SQLDataType.CLOB),
                                                        order,
                                                        counted,
                                                        "clusters",
                                                        "cluster"))
                                        .on(place("clusters").eq(place("values"))))
                        .groupBy(field(name("clusters", "cluster")))
                        .asTable("sums");
        var off = PRODUCTS.mul(ALL_WEIGHTS).sub(WEIGHTS.mul(ALL_PRODUCTS));
        Field<BigDecimal> clusters = count().cast(SQLDataType.NUMERIC);
        var squared =
                clusters.mul(sum(off.mul(off)))
                        .div(nullif(clusters.sub(inline(BigDecimal.ONE)), inline(BigDecimal.ZERO)));
        return SqlTypes.approximate(
                field(select(sqrt(squared).div(max(ALL_WEIGHTS.mul(ALL_WEIGHTS)))).from(sums)));
    }

    private static Field<BigDecimal> numeric(String table, String column) {
        return field(name(table, column), SQLDataType.NUMERIC);
    }

    /** Of doubles the shortest decimals that read back as them. */
    private static Field<BigDecimal> exact(Field<?> number) {
        return number.getType() == Double.class
                ? number.cast(SQLDataType.CLOB).cast(SQLDataType.NUMERIC)
                : number.cast(SQLDataType.NUMERIC);
    }

    /** What rows count, in one order for all, each with its place. */
    private static Table<?> elements(
            Field<?> of, List<Field<?>> order, Condition counted, String table, String column) {
        return DSL.unnest(arrayAgg(of).orderBy(order).filterWhere(counted))
                .withOrdinality()
                .as(name(table), name(column), name("at"));
    }

    private static Field<Long> place(String table) {
        return field(name(table, "at"), SQLDataType.BIGINT);
    }
}
