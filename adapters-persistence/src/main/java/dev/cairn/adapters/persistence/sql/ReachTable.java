package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.name;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Columns of the common table of a reach: a row for each bucket, and one for the whole range, with the stretch of time that is read for it. That of the buckets
 * themselves is {@link BucketTable}.
 */
record ReachTable(Timeline time, String tables, int reach) {
    /** The buckets of the question are called after nothing. */
    static final String OF_QUESTION = "";

    private boolean isOfBuckets() {
        return reach == 0;
    }

    private Reach stretches() {
        return time.reaches().get(reach);
    }

    Table<?> table() {
        if (tables.equals(OF_QUESTION)) {
            return isOfBuckets() ? BucketTable.TABLE : DSL.table(name("window" + reach));
        }
        return DSL.table(name(isOfBuckets() ? tables : tables + "_window" + reach));
    }

    Field<Integer> ordinal() {
        return BucketTable.ordinal(table());
    }

    boolean isFromBeginning() {
        return stretches().ofWhole().isFromBeginning();
    }

    Field<Instant> start() {
        return StoreTables.instant(table(), "start_at");
    }

    Field<Instant> end() {
        return StoreTables.instant(table(), "end_at");
    }

    Field<LocalDate> startDate() {
        return StoreTables.date(table(), "start_date");
    }

    Field<LocalDate> endDate() {
        return StoreTables.date(table(), "end_date");
    }

    /** Start of the bucket that the stretch is of. */
    Field<Instant> bucketStart() {
        return isOfBuckets() ? start() : StoreTables.instant(table(), "bucket_start_at");
    }

    private Field<Instant> bucketEnd() {
        return isOfBuckets() ? end() : StoreTables.instant(table(), "bucket_end_at");
    }

    Field<LocalDate> bucketStartDate() {
        return isOfBuckets() ? startDate() : StoreTables.date(table(), "bucket_start_date");
    }

    private Field<LocalDate> bucketEndDate() {
        return isOfBuckets() ? endDate() : StoreTables.date(table(), "bucket_end_date");
    }

    /** Local date, out, by which a member has begun that exists in the stretch. */
    Field<LocalDate> beginsBefore() {
        return isOfBuckets()
                ? DSL.greatest(endDate(), startDate().add(DSL.inline(1)))
                : StoreTables.date(table(), "begins_before");
    }

    /** The same of one stretch: unlike a fact of that day, a member that begins with it is there in each of its hours. */
    static LocalDate beginsBefore(Stretch stretch) {
        boolean isWithinHour =
                stretch.endDate().equals(stretch.of().startDate())
                        && stretch.end().isAfter(stretch.of().start());
        return isWithinHour ? stretch.endDate().plusDays(1) : stretch.endDate();
    }

    Field<?> edge(Expr.TimeEdge edge) {
        boolean isDate = edge.type().kind() == Kind.DATE;
        return switch (edge.of()) {
            case BUCKET ->
                    isDate
                            ? edge.end() ? bucketEndDate() : bucketStartDate()
                            : edge.end() ? bucketEnd() : bucketStart();
            case WINDOW ->
                    isDate ? edge.end() ? endDate() : startDate() : edge.end() ? end() : start();
            case AS_OF, RULE -> throw new IllegalArgumentException("not planned: " + edge);
        };
    }

    /** The edge of a stretch. */
    static Object edge(Expr.TimeEdge edge, Stretch stretch) {
        var of =
                switch (edge.of()) {
                    case BUCKET -> Stretch.of(stretch.of());
                    case WINDOW -> stretch;
                    case AS_OF, RULE -> throw new IllegalArgumentException("not planned: " + edge);
                };
        Object at =
                edge.type().kind() == Kind.DATE
                        ? edge.end() ? of.endDate() : of.startDate()
                        : edge.end() ? of.end() : of.start();
        if (at == null) {
            throw new IllegalArgumentException("a window without a start: " + edge);
        }
        return at;
    }

    CommonTableExpression<?> common(boolean ofBuckets, boolean ofWhole) {
        return name(table().getName())
                .as(
                        ofBuckets && ofWhole
                                ? buckets().unionAll(whole())
                                : ofBuckets ? buckets() : whole());
    }

    private Select<Record> buckets() {
        Field<Integer> place = DSL.field(name("n", "n"), SQLDataType.INTEGER);
        var columns = new ArrayList<Field<?>>();
        columns.add(place.sub(DSL.inline(1)).as(BucketTable.ORDINAL.getName()));
        for (var column : Column.ALL) {
            columns.add(column.of(stretches().ofBuckets(), place).as(column.title));
        }
        return DSL.select(columns).from(DSL.generateSeries(1, time.buckets().size()).as("n", "n"));
    }

    private Select<Record> whole() {
        var columns = new ArrayList<Field<?>>();
        columns.add(DSL.inline(Frame.WHOLE).as(BucketTable.ORDINAL.getName()));
        for (var column : Column.ALL) {
            columns.add(column.of(stretches().ofWhole()).as(column.title));
        }
        return DSL.select(columns);
    }

    /** What is said of each stretch; a window from the beginning has no start. */
    private record Column(String title, boolean isDate, Function<Stretch, ?> edge) {
        static final List<Column> ALL =
                List.of(
                        new Column("start_at", false, Stretch::start),
                        new Column("end_at", false, Stretch::end),
                        new Column("start_date", true, Stretch::startDate),
                        new Column("end_date", true, Stretch::endDate),
                        new Column("bucket_start_at", false, stretch -> stretch.of().start()),
                        new Column("bucket_end_at", false, stretch -> stretch.of().end()),
                        new Column("bucket_start_date", true, stretch -> stretch.of().startDate()),
                        new Column("bucket_end_date", true, stretch -> stretch.of().endDate()),
                        new Column("begins_before", true, ReachTable::beginsBefore));

        Field<?> of(List<Stretch> stretches, Field<Integer> place) {
            if (stretches.isEmpty() || edge.apply(stretches.getFirst()) == null) {
                return none();
            }
            return isDate
                    ? DSL.arrayGet(SqlTypes.dates(all(stretches)), place)
                    : DSL.arrayGet(SqlTypes.instants(all(stretches)), place);
        }

        Field<?> of(Stretch stretch) {
            return switch (edge.apply(stretch)) {
                case Instant instant -> SqlTypes.instant(instant);
                case LocalDate date -> SqlTypes.date(date);
                case null -> none();
                default -> throw new IllegalStateException("no time: " + title);
            };
        }

        private Field<?> none() {
            return isDate
                    ? DSL.castNull(SqlTypes.of(Kind.DATE))
                    : DSL.castNull(SQLDataType.INSTANT);
        }

        @SuppressWarnings("unchecked")
        private <T> List<T> all(List<Stretch> stretches) {
            return (List<T>) stretches.stream().map(edge).toList();
        }
    }
}
