package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Derived;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The facts of a source in force, or that were at the instant of which the question asks what was known, within the stretches of time that are read and before as-of; one that is read for several buckets is there for each. */
final class FactRows {
    /** The table under the name that it has in statements. */
    static final FactTable FACT = new FactTable(DSL.name("fact"));

    static final Field<Long> ACCOUNT = FACT.accountId();
    static final Field<Long> USER = FACT.userId();
    static final Field<UUID> SOURCE_KEY = FACT.sourceKey();

    private FactRows() {}

    static RowSet of(Relation.Facts relation, Frame frame, Reads reads) {
        var columns = new Columns(relation.source());
        var derived = relation.derived();
        if (derived != null) {
            return ofDerived(relation, frame.derived().table(derived), frame, reads);
        }
        var placed =
                frame.place(
                        from(relation.source(), reads, frame),
                        Placement.of(relation, frame, columns));
        var own = new OwnTables(relation, frame);
        return new RowSet(
                own.beside(placed.rows(), ACCOUNT, USER, placed.bucket(), columns::field),
                FACT.counted(frame.knownAt()).and(placed.where()),
                placed.bucket(),
                ACCOUNT,
                USER,
                true,
                new InBucket(columns, own, placed.bucket()));
    }

    /** All rows made of facts that stand in the stretches of time that are read, one that is read for several buckets for each. */
    private static RowSet ofDerived(
            Relation.Facts relation, Table<?> made, Frame frame, Reads reads) {
        var columns = new Columns(relation.source());
        var from =
                beside(
                        made.as(FACT.name()),
                        columns,
                        reads,
                        (time, kind) -> isKnown(time, kind, frame),
                        frame.knownAt());
        var placed = frame.place(from, Placement.of(relation, frame, columns));
        var own = new OwnTables(relation, frame);
        return new RowSet(
                own.beside(placed.rows(), ACCOUNT, USER, placed.bucket(), columns::field),
                placed.where(),
                placed.bucket(),
                ACCOUNT,
                USER,
                true,
                new InBucket(columns, own, placed.bucket()));
    }

    /**
     * Those that are chosen.
     *
     * @param attempts with {@code bucket}
     */
    static RowSet ofChosen(Relation.Facts relation, Table<?> attempts, Frame frame, Reads reads) {
        var columns = new Columns(relation.source());
        var from =
                beside(
                        attempts,
                        columns,
                        reads,
                        (time, kind) -> isKnown(time, kind, frame),
                        frame.knownAt());
        var bucket = BucketTable.ordinal(FACT.table());
        var own = new OwnTables(relation, frame);
        return new RowSet(
                own.beside(from, ACCOUNT, USER, bucket, columns::field),
                AttemptRows.isChosen(),
                bucket,
                ACCOUNT,
                USER,
                true,
                new InBucket(columns, own, bucket));
    }

    static Condition counted(@Nullable Instant knownAt) {
        return FACT.counted(knownAt);
    }

    /**
     * The facts that are in the windows of members, or of facts.
     *
     * @param windows with {@code starts} and {@code ends}
     * @param isOf whether a fact is read for what has a window
     * @param bucket that a window is of
     */
    static RowSet within(
            Relation.Facts relation,
            Table<?> windows,
            Condition isOf,
            Field<Integer> bucket,
            Frame frame,
            Reads reads) {
        var columns = new Columns(relation.source());
        var scale = TimeScale.of(relation.placing().time().type().kind());
        var own = new OwnTables(relation, frame);
        var inside =
                from(relation.source(), reads, frame)
                        .join(windows)
                        .on(isOf)
                        .and(isIn(relation.placing(), windows, columns));
        return new RowSet(
                own.beside(inside, ACCOUNT, USER, bucket, columns::field),
                counted(frame.knownAt())
                        .and(
                                isKnown(
                                        SqlTypes.typed(columns.field(relation.placing().time())),
                                        scale,
                                        frame)),
                bucket,
                ACCOUNT,
                USER,
                true,
                new InWindow(new InBucket(columns, own, bucket)));
    }

    /** Whether a fact is in a window, or valid at an edge of it or at some time of it. */
    private static Condition isIn(Placing placing, Table<?> windows, Columns columns) {
        Field<Object> time = SqlTypes.typed(columns.field(placing.time()));
        var start = SubjectTables.edge(windows, "starts", time);
        var end = SubjectTables.edge(windows, "ends", time);
        return switch (placing) {
            case Placing.At _ -> time.ge(start).and(time.lt(end));
            case Placing.ValidAt(var validity, var edge) -> {
                Field<Object> until = SqlTypes.typed(columns.field(validity.until()));
                var at = edge == Placing.Edge.START ? start : end;
                yield time.lt(at).and(until.isNull().or(until.ge(at)));
            }
            case Placing.ValidDuring(var validity, _) -> {
                Field<Object> until = SqlTypes.typed(columns.field(validity.until()));
                yield DSL.greatest(time, start).lt(DSL.least(until, end));
            }
        };
    }

    /** The facts of a member with a window, or of the account of a fact with one; no account has none. */
    static Condition isOfMember(Table<?> windows, boolean ofUsers) {
        var isOfAccount = StoreTables.id(windows, "account_id").eq(ACCOUNT);
        return ofUsers
                ? isOfAccount.and(StoreTables.id(windows, "user_id").eq(USER))
                : isOfAccount.and(ACCOUNT.ne(inline(StoreTables.NO_ACCOUNT)));
    }

    private static <T extends Comparable<? super T>> Condition isKnown(
            Field<Object> time, TimeScale<T> scale, Frame frame) {
        return SqlTypes.<T>typed(time).lt(scale.value(scale.asOf(frame.time())));
    }

    static Condition inForce() {
        return FACT.inForce();
    }

    /**
     * Aggregates of accounts in place of their facts.
     *
     * @param facts with {@code bucket} and {@code account_id}
     */
    static RowSet ofAccounts(Relation.Facts relation, Select<?> facts, Frame frame, Reads reads) {
        var bucket = BucketTable.ordinal(FACT.table());
        var noUser = DSL.castNull(SQLDataType.BIGINT);
        var own = new OwnTables(relation, frame);
        var columns = new Columns(relation.source());
        var from =
                beside(
                        facts.asTable(FACT.name()),
                        columns,
                        reads,
                        (_, _) -> DSL.noCondition(),
                        frame.knownAt());
        return new RowSet(
                own.beside(from, ACCOUNT, noUser, bucket, columns::field),
                DSL.noCondition(),
                bucket,
                ACCOUNT,
                noUser,
                true,
                new InBucket(columns, own, bucket));
    }

    /** A column of what stands in place of the facts. */
    static Field<?> ofFact(Field<?> column) {
        return SqlTypes.of(FACT.table(), column);
    }

    /** The facts with what is read of them as of the time of a question. */
    static Table<?> from(String source, Reads reads, Frame frame) {
        return beside(
                StoreTables.fact(source).as(FACT.name()),
                new Columns(source),
                reads,
                (time, kind) -> isKnown(time, kind, frame),
                frame.knownAt());
    }

    static Table<?> from(String source, Reads reads) {
        return beside(
                StoreTables.fact(source).as(FACT.name()),
                new Columns(source),
                reads,
                (_, _) -> DSL.noCondition(),
                null);
    }

    static Condition isKnown(Field<?> time, Type.Kind kind, Frame frame) {
        return kind == Type.Kind.DATE
                ? SqlTypes.<LocalDate>typed(time).lt(SqlTypes.date(frame.asOfDate()))
                : SqlTypes.<Instant>typed(time).lt(SqlTypes.instant(frame.asOf()));
    }

    /** With what is read of the account and the user, and of the rows that links lead to; each is there once at most, so no fact is counted twice. */
    private static Table<?> beside(
            Table<?> facts,
            RowColumns columns,
            Reads reads,
            BiFunction<Field<?>, Type.Kind, Condition> isKnown,
            @Nullable Instant knownAt) {
        var from = LinkedRows.beside(facts, FACT, reads, ACCOUNT, isKnown, knownAt);
        from = MemberTables.beside(from, reads, ACCOUNT, USER);
        return FurtherLinks.beside(
                from, columns, reads.further(), reads.toAttributes(), ACCOUNT, isKnown, knownAt);
    }

    /** Of one fact; the tables beside it go by their own names. */
    record Columns(String source) implements RowColumns {
        @Override
        public Field<?> field(Expr.Field field) {
            if (Derived.isOwn(field)) {
                return StoreTables.column(
                        FACT.table(), DSL.name(DerivedTables.columnOf(field)), field.type());
            }
            if (!field.source().equals(source)) {
                throw new IllegalArgumentException(
                        "no fact of %s at hand, but of %s".formatted(field.source(), source));
            }
            return StoreTables.column(FACT.table(), FactTable.columnOf(field.name()), field.type());
        }

        @Override
        public Field<?> linked(Expr.Linked linked) {
            return LinkedRows.field(linked);
        }

        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return StoreTables.attribute(attribute);
        }

        @Override
        public Field<String> key(EntityRef entity) {
            return StoreTables.key(entity);
        }

        @Override
        public Condition lacks(EntityRef entity) {
            return entity.isUser() ? USER.isNull() : ACCOUNT.eq(inline(StoreTables.NO_ACCOUNT));
        }
    }

    /** Of one fact in the window of a member, or of a fact. */
    private record InWindow(InBucket row) implements BesideRow {
        @Override
        public Field<?> edge(Expr.TimeEdge edge) {
            return SubjectTables.isOfWindow(edge) ? SubjectTables.edge(edge) : row.edge(edge);
        }
    }

    /** Of one fact in its bucket. */
    private record InBucket(Columns columns, OwnTables own, Field<Integer> bucket)
            implements RowColumns {
        @Override
        public Field<?> field(Expr.Field field) {
            return columns.field(field);
        }

        @Override
        public Field<?> linked(Expr.Linked linked) {
            return columns.linked(linked);
        }

        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return columns.attribute(attribute);
        }

        @Override
        public Field<String> key(EntityRef entity) {
            return columns.key(entity);
        }

        @Override
        public Condition lacks(EntityRef entity) {
            return columns.lacks(entity);
        }

        @Override
        public Field<?> edge(Expr.TimeEdge edge) {
            return own.frame().edge(bucket, edge);
        }

        @Override
        public Field<?> leaf(Expr.LeafValue leaf) {
            return own.leaf(leaf);
        }

        @Override
        public Field<String> gaps(Expr.LeafValue leaf) {
            return own.gaps(leaf);
        }
    }
}
