package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.localDateTimeDiff;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Stretch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.DayToSecond;
import org.jspecify.annotations.Nullable;

/**
 * From when until when a member exists, half-open: from its declared start, else from its first fact, until it is removed. Each is an instant or a
 * local date, which is compared with the local dates of the stretch that is read; with first facts of both kinds it exists from either.
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

    /** Edges of the stretch that is read, and the start of the bucket that it is read for; a member that begins at or after the latest has not begun. */
    private record Edges(
            Field<Instant> start,
            Field<Instant> end,
            Field<LocalDate> startDate,
            Field<LocalDate> endDate,
            Field<Instant> bucketStart,
            Field<LocalDate> bucketStartDate,
            boolean isFromBeginning) {
        static Edges of(Frame frame) {
            if (!frame.isSingle()) {
                var table = frame.table();
                return new Edges(
                        table.start(),
                        least(table.end(), SqlTypes.instant(frame.time().asOfBesideEdges())),
                        table.startDate(),
                        least(table.beginsBefore(), DSL.val(frame.asOfDate())),
                        table.bucketStart(),
                        table.bucketStartDate(),
                        table.isFromBeginning());
            }
            var stretch = frame.single();
            return new Edges(
                    start(stretch.start()),
                    SqlTypes.instant(frame.earlierThanAsOf(stretch.end())),
                    DSL.val(stretch.startDate(), SQLDataType.LOCALDATE),
                    DSL.val(frame.earlierThanAsOf(ReachTable.beginsBefore(stretch))),
                    SqlTypes.instant(stretch.of().start()),
                    DSL.val(stretch.of().startDate()),
                    stretch.isFromBeginning());
        }

        private static Field<Instant> start(@Nullable Instant start) {
            return start == null ? DSL.castNull(SQLDataType.INSTANT) : SqlTypes.instant(start);
        }

        /**
         * Distance from the bucket's start, in days of 24 hours. Instants and dates are compared by it, so that across a change of the clock a date is
         * off by an hour. It decides only whether a member was removed on the very day on which it began.
         */
        private Field<DayToSecond> untilDate(Field<LocalDate> date) {
            return localDateTimeDiff(
                    date.cast(SQLDataType.LOCALDATETIME),
                    bucketStartDate.cast(SQLDataType.LOCALDATETIME));
        }

        private Field<DayToSecond> untilInstant(Field<Instant> instant) {
            return localDateTimeDiff(
                    instant.coerce(SQLDataType.LOCALDATETIME),
                    bucketStart.coerce(SQLDataType.LOCALDATETIME));
        }
    }

    /** Whether the member begins before it ends and before as-of, and overlaps the stretch that is read; of most members that is known whatever the bucket is. */
    Condition overlaps(Frame frame) {
        return frame.isSingle()
                ? overlaps(Edges.of(frame))
                : overlapsAll(frame).or(overlaps(Edges.of(frame)));
    }

    /** Whether it never ends, and begins before the end of each stretch that is read. */
    private Condition overlapsAll(Frame frame) {
        var begins = start();
        var firstEnd = Collections.min(frame.all().stream().map(Stretch::end).toList());
        var firstDate =
                Collections.min(frame.all().stream().map(ReachTable::beginsBefore).toList());
        var begun =
                begins.on()
                        .lt(SqlTypes.date(frame.earlierThanAsOf(firstDate)))
                        .or(begins.at().lt(SqlTypes.instant(frame.earlierThanAsOf(firstEnd))));
        return ends.stream()
                .map(end -> end.at().isNull().and(end.on().isNull()))
                .reduce(begun, Condition::and);
    }

    private Condition overlaps(Edges edges) {
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
        if (edges.isFromBeginning()) {
            return overlaps;
        }
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

    /** The local date on which a member begins; with first facts of both kinds the earlier. */
    static Field<LocalDate> startDate(EntityRef entity, LocalTimes local) {
        var start = new Existence(StoreTables.members(entity), List.of()).start();
        return least(local.date(start.at()), start.on());
    }

    private static Condition isNullOr(Field<?> field, Condition condition) {
        return field.isNull().or(condition);
    }
}
