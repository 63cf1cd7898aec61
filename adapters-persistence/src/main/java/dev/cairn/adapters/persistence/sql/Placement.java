package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.systemName;

import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Stretch;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Where the facts of a relation are in the buckets of a frame. Where neither starts nor ends of what is read ever fall, a fact is in a run of buckets, whose
 * first and last are counted: so many edges have come by a time.
 */
sealed interface Placement {
    /** @param columns of the facts */
    static Placement of(Relation.Facts facts, Frame frame, RowColumns columns) {
        var scale = TimeScale.of(facts.placing().time().type().kind());
        return of(facts, new Stretches<>(scale, frame), columns);
    }

    private static <T extends Comparable<? super T>> Placement of(
            Relation.Facts facts, Stretches<T> stretches, RowColumns columns) {
        return switch (facts.placing()) {
            case Placing.At(var time) ->
                    new AtTime<>(facts.source(), stretches, SqlTypes.typed(columns.field(time)));
            case Placing.ValidAt(var validity, var edge) ->
                    new ValidAtEdge<>(
                            stretches,
                            edge,
                            SqlTypes.typed(columns.field(validity.from())),
                            SqlTypes.typed(columns.field(validity.until())));
            case Placing.ValidDuring(var validity, var always) ->
                    always
                            ? new Always(stretches.frame())
                            : new ValidDuring<>(
                                    facts.source(),
                                    stretches,
                                    SqlTypes.typed(columns.field(validity.from())),
                                    SqlTypes.typed(columns.field(validity.until())));
        };
    }

    /** Whether each fact is in one bucket at most: {@link #last}. */
    default boolean isInOne() {
        return false;
    }

    boolean hasRuns();

    /** Whether a fact is in a bucket of the frame: exact where there is one bucket, else where it is in a run or within what the bucket reads. */
    Condition isInAny();

    /** Whether a fact is in the bucket of a row of the table. */
    Condition isIn(ReachTable table);

    /** Of the run of a fact that is in any bucket. */
    Field<Integer> first();

    /** Before the first where it is in no bucket. */
    Field<Integer> last();

    /** No run is longer. */
    int longest();

    /** The stretches that a frame reads, as columns are compared with them. */
    record Stretches<T extends Comparable<? super T>>(TimeScale<T> scale, Frame frame) {
        private List<Stretch> all() {
            return frame.all();
        }

        boolean isFromBeginning() {
            return frame.table().isFromBeginning();
        }

        T asOf() {
            return scale.asOf(frame.time());
        }

        T asOfBesideEdges() {
            return scale.asOfBesideEdges(frame.time());
        }

        T start(Stretch stretch) {
            return Objects.requireNonNull(scale.start(stretch));
        }

        T knownEnd(Stretch stretch) {
            return scale.earlier(scale.end(stretch), asOf());
        }

        List<T> each(Function<Stretch, T> edge) {
            return all().stream().map(edge).toList();
        }

        T least(Function<Stretch, T> edge) {
            return all().stream().map(edge).min(Comparator.naturalOrder()).orElseThrow();
        }

        T greatest(Function<Stretch, T> edge) {
            return all().stream().map(edge).max(Comparator.naturalOrder()).orElseThrow();
        }

        /** How many of the edges have come by a time; empty where that is. */
        Field<Integer> count(Field<T> time, List<T> edges) {
            return function(
                    systemName("width_bucket"), SQLDataType.INTEGER, time, scale.array(edges));
        }

        Field<Integer> lastBucket() {
            return inline(all().size() - 1);
        }

        /** Where the coverage of a source begins; empty where it has none. */
        Field<T> coverageFrom(String source) {
            return DSL.field(
                    select(scale.from(CoverageTables.COVERAGE))
                            .from(CoverageTables.COVERAGE)
                            .where(CoverageTables.SOURCE.eq(source)));
        }
    }

    /** Facts at one time. */
    record AtTime<T extends Comparable<? super T>>(
            String source, Stretches<T> stretches, Field<T> time) implements Placement {
        @Override
        public boolean isInOne() {
            return stretches.frame().reach() == 0 && stretches.frame().isContiguous();
        }

        @Override
        public boolean hasRuns() {
            return !isInOne() && stretches.frame().isMonotone();
        }

        /** A window without a start begins with the coverage of the source. */
        @Override
        public Condition isInAny() {
            var end = stretches.scale().value(stretches.greatest(stretches::knownEnd));
            var start =
                    stretches.isFromBeginning()
                            // Of a range whose ends it does not both know the database expects
                            // next to no rows, and of what it does not look into one half.
                            ? DSL.condition(
                                    coalesce(
                                            DSL.field(time.ge(stretches.coverageFrom(source))),
                                            inline(false)))
                            : time.ge(stretches.scale().value(stretches.least(stretches::start)));
            return start.and(time.lt(end));
        }

        @Override
        public Condition isIn(ReachTable table) {
            return time.ge(stretches.scale().start(table))
                    .and(time.lt(stretches.scale().end(table)));
        }

        @Override
        public Field<Integer> first() {
            return stretches.count(time, stretches.each(stretches.scale()::end));
        }

        @Override
        public Field<Integer> last() {
            return stretches.isFromBeginning()
                    ? stretches.lastBucket()
                    : stretches.count(time, stretches.each(stretches::start)).sub(inline(1));
        }

        /** The most stretches that are open at once, which is so at the start of one of them. */
        @Override
        public int longest() {
            int most = 0;
            var ends = stretches.each(stretches.scale()::end);
            for (int at = 0, ended = 0; at < ends.size(); at++) {
                if (!stretches.isFromBeginning()) {
                    var start = stretches.start(stretches.all().get(at));
                    while (ends.get(ended).compareTo(start) <= 0 && ended < at) {
                        ended++;
                    }
                }
                most = Math.max(most, at + 1 - ended);
            }
            return most;
        }
    }

    /** Facts that are valid at an edge: they begin before it, and do not end before it. */
    record ValidAtEdge<T extends Comparable<? super T>>(
            Stretches<T> stretches, Edge edge, Field<T> from, Field<T> until) implements Placement {
        @Override
        public boolean hasRuns() {
            return stretches.frame().isMonotone();
        }

        private T at(Stretch stretch) {
            return switch (edge) {
                case START -> stretches.scale().earlier(stretches.start(stretch), stretches.asOf());
                case END -> stretches.knownEnd(stretch);
            };
        }

        @Override
        public Condition isInAny() {
            var scale = stretches.scale();
            return from.lt(scale.value(stretches.greatest(this::at)))
                    .and(until.isNull().or(until.ge(scale.value(stretches.least(this::at)))));
        }

        @Override
        public Condition isIn(ReachTable table) {
            var scale = stretches.scale();
            var at =
                    switch (edge) {
                        case START -> scale.start(table);
                        case END -> scale.end(table);
                    };
            var known = least(at, scale.value(stretches.asOfBesideEdges()));
            return from.lt(known).and(until.isNull().or(until.ge(known)));
        }

        @Override
        public Field<Integer> first() {
            return stretches.count(from, stretches.each(this::at));
        }

        @Override
        public Field<Integer> last() {
            var ended = stretches.count(until, stretches.each(this::at));
            return coalesce(ended.sub(inline(1)), stretches.lastBucket());
        }

        @Override
        public int longest() {
            return stretches.all().size();
        }
    }

    /** Facts that are in every bucket. */
    record Always(Frame frame) implements Placement {
        @Override
        public boolean hasRuns() {
            return false;
        }

        @Override
        public Condition isInAny() {
            return DSL.noCondition();
        }

        @Override
        public Condition isIn(ReachTable table) {
            return DSL.trueCondition();
        }

        @Override
        public Field<Integer> first() {
            return inline(0);
        }

        @Override
        public Field<Integer> last() {
            return inline(frame.all().size() - 1);
        }

        @Override
        public int longest() {
            return frame.all().size();
        }
    }

    /** Facts that are valid at some time of what is read, before as-of. */
    record ValidDuring<T extends Comparable<? super T>>(
            String source, Stretches<T> stretches, Field<T> from, Field<T> until)
            implements Placement {
        /** Where something is empty nothing is valid in it, and runs would not know. */
        @Override
        public boolean hasRuns() {
            return stretches.frame().isMonotone()
                    && (stretches.isFromBeginning()
                            || stretches.all().stream().noneMatch(this::isEmpty));
        }

        private boolean isEmpty(Stretch stretch) {
            return stretches.start(stretch).compareTo(stretches.knownEnd(stretch)) >= 0;
        }

        @Override
        public Condition isInAny() {
            var end = stretches.scale().value(stretches.greatest(stretches::knownEnd));
            var start =
                    stretches.isFromBeginning()
                            ? stretches.coverageFrom(source)
                            : stretches.scale().value(stretches.least(stretches::start));
            var isEmpty =
                    stretches.isFromBeginning()
                            ? start.ge(end)
                            : DSL.condition(stretches.all().stream().allMatch(this::isEmpty));
            return from.lt(end)
                    .and(until.isNull().or(until.gt(from).and(until.gt(start))))
                    .andNot(isEmpty);
        }

        /** An end that is empty is none of the least. */
        @Override
        public Condition isIn(ReachTable table) {
            var scale = stretches.scale();
            var start =
                    stretches.isFromBeginning()
                            ? stretches.coverageFrom(source)
                            : scale.start(table);
            return greatest(from, start)
                    .lt(least(until, scale.end(table), scale.value(stretches.asOfBesideEdges())));
        }

        @Override
        public Field<Integer> first() {
            var begun =
                    stretches.isFromBeginning()
                            ? greatest(from, stretches.coverageFrom(source))
                            : from;
            return stretches.count(begun, stretches.each(stretches.scale()::end));
        }

        @Override
        public Field<Integer> last() {
            if (stretches.isFromBeginning()) {
                return stretches.lastBucket();
            }
            var scale = stretches.scale();
            var known = least(until, scale.value(stretches.asOfBesideEdges()));
            var afterStarts = stretches.each(stretch -> scale.after(stretches.start(stretch)));
            return stretches.count(known, afterStarts).sub(inline(1));
        }

        @Override
        public int longest() {
            return stretches.all().size();
        }
    }
}
