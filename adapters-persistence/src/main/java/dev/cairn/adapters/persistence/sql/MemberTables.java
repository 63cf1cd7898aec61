package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Accounts and users with their attributes, under the tables' own names. */
final class MemberTables {
    static final Table<?> ACCOUNT = StoreTables.members(EntityRef.ACCOUNT);
    static final Table<?> USER = StoreTables.members(EntityRef.USER);

    private MemberTables() {}

    static Field<Long> account(EntityRef entity) {
        return StoreTables.id(StoreTables.members(entity), "account_id");
    }

    /** With the account, which a user ceases with, and the attributes that are read. */
    static Table<?> of(EntityRef entity, Reads reads) {
        return of(entity, reads, (_, _) -> DSL.noCondition(), null);
    }

    /** As of the time of a question. */
    static Table<?> of(EntityRef entity, Reads reads, Frame frame) {
        return of(
                entity,
                reads,
                (time, kind) -> FactRows.isKnown(time, kind, frame),
                frame.knownAt());
    }

    /** Rows that are of an account and a user, with what is read of these. */
    static Table<?> beside(Table<?> rows, Reads reads, Field<Long> account, Field<Long> user) {
        var from = rows;
        if (reads.keys().contains(EntityRef.ACCOUNT)) {
            var id = account(EntityRef.ACCOUNT);
            from =
                    from.leftJoin(ACCOUNT)
                            .on(id.eq(account))
                            .and(id.ne(inline(StoreTables.NO_ACCOUNT)));
        }
        if (reads.attributes().contains(EntityRef.ACCOUNT)) {
            var attributes = StoreTables.attributes(EntityRef.ACCOUNT);
            from =
                    from.leftJoin(attributes)
                            .on(StoreTables.id(attributes, "account_id").eq(account));
        }
        if (reads.keys().contains(EntityRef.USER)) {
            from = ofUser(from, USER, account, user);
        }
        if (reads.attributes().contains(EntityRef.USER)) {
            from = ofUser(from, StoreTables.attributes(EntityRef.USER), account, user);
        }
        return from;
    }

    private static Table<?> ofUser(
            Table<?> from, Table<?> other, Field<Long> account, Field<Long> user) {
        return from.leftJoin(other)
                .on(StoreTables.id(other, "account_id").eq(account))
                .and(StoreTables.id(other, "user_id").eq(user));
    }

    private static Table<?> of(
            EntityRef entity,
            Reads reads,
            BiFunction<Field<?>, Type.Kind, Condition> isKnown,
            @Nullable Instant knownAt) {
        Table<?> from =
                entity.isUser()
                        ? USER.join(ACCOUNT)
                                .on(account(EntityRef.ACCOUNT).eq(account(EntityRef.USER)))
                        : ACCOUNT;
        if (reads.attributes().contains(EntityRef.ACCOUNT)) {
            from = withAttributes(from, EntityRef.ACCOUNT, account(entity));
        }
        if (reads.attributes().contains(EntityRef.USER)) {
            from = withAttributes(from, EntityRef.USER, account(entity));
        }
        return FurtherLinks.beside(
                from,
                new Columns(entity),
                reads.further(),
                reads.toAttributes(),
                account(entity),
                isKnown,
                knownAt);
    }

    private static Table<?> withAttributes(Table<?> from, EntityRef entity, Field<Long> account) {
        var attributes = StoreTables.attributes(entity);
        var joined =
                from.leftJoin(attributes).on(StoreTables.id(attributes, "account_id").eq(account));
        return entity.isUser()
                ? joined.and(
                        StoreTables.id(attributes, "user_id").eq(StoreTables.id(USER, "user_id")))
                : joined;
    }

    /** The reserved account is no member; users of it are. What is deleted is none. */
    static Condition isMember(EntityRef entity) {
        var isThere = StoreTables.id(ACCOUNT, "deletion_id").isNull();
        return entity.isAccount() ? isAccount().and(isThere) : isThere;
    }

    private static Condition isAccount() {
        return account(EntityRef.ACCOUNT).ne(inline(StoreTables.NO_ACCOUNT));
    }

    /** Of one member. */
    record Columns(EntityRef entity) implements RowColumns {
        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return StoreTables.attribute(attribute);
        }

        @Override
        public Field<?> linked(Expr.Linked linked) {
            return LinkedRows.field(linked);
        }

        @Override
        public Condition lacks(EntityRef of) {
            return of.isAccount() && entity.isUser() ? DSL.not(isAccount()) : DSL.falseCondition();
        }

        @Override
        public Field<String> key(EntityRef of) {
            var key = StoreTables.key(of);
            return of.equals(entity) ? key : when(isAccount(), key);
        }
    }
}
