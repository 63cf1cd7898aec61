package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.localDateTimeDiff;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.DayToSecond;

/**
 * From when until when a member exists, half-open: from its declared start, else from its first fact, until it is removed. Each is an instant or a
 * local date, which is compared with the local dates of the bucket; with first facts of both kinds it exists from either.
 *
 * @param ends when it is removed; a user is removed with its account too
 */
record Existence(Table<?> members, List<Point> ends) {
    /** An instant or a date, of which one at most is there. */
    record Point(Field<Instant> at, Field<LocalDate> on) {}

    static Point end(Table<?> members) {
        return new Point(
                StoreTables.instant(members, "removed_at"),
                StoreTables.date(members, "removed_on"));
    }

    /** Edges of the bucket at hand; a member that begins at or after the latest has not begun. */
    private record Edges(
            Field<Instant> start,
            Field<Instant> end,
            Field<LocalDate> startDate,
            Field<LocalDate> endDate) {
        static Edges of(Frame frame) {
            if (!frame.isSingle()) {
                return new Edges(
                        BucketTable.START,
                        least(BucketTable.END, SqlTypes.instant(frame.asOf())),
                        BucketTable.START_DATE,
                        least(
                                DSL.greatest(
                                        BucketTable.END_DATE,
                                        BucketTable.START_DATE.add(DSL.inline(1))),
                                DSL.val(frame.asOfDate())));
            }
            Bucket bucket = frame.single();
            return new Edges(
                    SqlTypes.instant(bucket.start()),
                    SqlTypes.instant(frame.earlierThanAsOf(bucket.end())),
                    DSL.val(bucket.startDate()),
                    DSL.val(frame.earlierThanAsOf(endDate(bucket))));
        }

        /**
         * Distance from the bucket's start, in days of 24 hours. Instants and dates are compared by it, so that across a change of the clock a date is
         * off by an hour. It decides only whether a member was removed on the very day on which it began.
         */
        private Field<DayToSecond> untilDate(Field<LocalDate> date) {
            return localDateTimeDiff(
                    date.cast(SQLDataType.LOCALDATETIME),
                    startDate.cast(SQLDataType.LOCALDATETIME));
        }

        private Field<DayToSecond> untilInstant(Field<Instant> instant) {
            return localDateTimeDiff(
                    instant.coerce(SQLDataType.LOCALDATETIME),
                    start.coerce(SQLDataType.LOCALDATETIME));
        }

        /** Unlike a fact of that day, a member that begins with it is there in each of its hours. */
        private static LocalDate endDate(Bucket bucket) {
            var dayAfter = bucket.startDate().plusDays(1);
            return bucket.endDate().isBefore(dayAfter) ? dayAfter : bucket.endDate();
        }
    }

    /** Whether the member begins before it ends and before as-of, and overlaps the bucket. */
    Condition overlaps(Frame frame) {
        var edges = Edges.of(frame);
        var begins = start();
        var beganAt = begins.at().lt(edges.end());
        var beganOn = begins.on().lt(edges.endDate());
        for (var end : ends) {
            beganAt = beganAt.and(isNullOr(end.at(), end.at().gt(begins.at())));
            beganAt =
                    beganAt.and(
                            isNullOr(
                                    end.on(),
                                    edges.untilDate(end.on()).gt(edges.untilInstant(begins.at()))));
            beganOn = beganOn.and(isNullOr(end.on(), end.on().gt(begins.on())));
            beganOn =
                    beganOn.and(
                            isNullOr(
                                    end.at(),
                                    edges.untilInstant(end.at()).gt(edges.untilDate(begins.on()))));
        }
        var overlaps = beganAt.or(beganOn);
        for (var end : ends) {
            overlaps =
                    overlaps.and(isNullOr(end.at(), end.at().gt(edges.start())))
                            .and(isNullOr(end.on(), end.on().gt(edges.startDate())));
        }
        return overlaps;
    }

    /** The declared start, of one kind; without one the first facts, which may be of both kinds. */
    private Point start() {
        var declaredAt = StoreTables.instant(members, "declared_start");
        var declaredOn = StoreTables.date(members, "declared_start_on");
        return new Point(
                coalesce(
                        declaredAt,
                        when(declaredOn.isNull(), StoreTables.instant(members, "first_fact"))),
                coalesce(
                        declaredOn,
                        when(declaredAt.isNull(), StoreTables.date(members, "first_fact_on"))));
    }

    private static Condition isNullOr(Field<?> field, Condition condition) {
        return field.isNull().or(condition);
    }
}
