package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityKind;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Accounts and users with their attributes, under the tables' own names. */
final class MemberTables {
    static final Table<?> ACCOUNT = StoreTables.members(EntityKind.ACCOUNT);
    static final Table<?> USER = StoreTables.members(EntityKind.USER);

    private MemberTables() {}

    static Field<Long> account(EntityKind entity) {
        return StoreTables.id(StoreTables.members(entity), "account_id");
    }

    /** With the account, which a user ceases with, and the attributes that are read. */
    static Table<?> of(EntityKind entity, Reads reads) {
        Table<?> from =
                switch (entity) {
                    case ACCOUNT -> ACCOUNT;
                    case USER ->
                            USER.join(ACCOUNT)
                                    .on(account(EntityKind.ACCOUNT).eq(account(EntityKind.USER)));
                };
        if (reads.attributes().contains(EntityKind.ACCOUNT)) {
            from = withAttributes(from, EntityKind.ACCOUNT, account(entity));
        }
        if (reads.attributes().contains(EntityKind.USER)) {
            from = withAttributes(from, EntityKind.USER, account(entity));
        }
        return from;
    }

    private static Table<?> withAttributes(Table<?> from, EntityKind entity, Field<Long> account) {
        var attributes = StoreTables.attributes(entity);
        var joined =
                from.leftJoin(attributes).on(StoreTables.id(attributes, "account_id").eq(account));
        return switch (entity) {
            case ACCOUNT -> joined;
            case USER ->
                    joined.and(
                            StoreTables.id(attributes, "user_id")
                                    .eq(StoreTables.id(USER, "user_id")));
        };
    }

    /** The reserved account is no member; users of it are. What is deleted is none. */
    static Condition isMember(EntityKind entity) {
        var isThere = StoreTables.id(ACCOUNT, "deletion_id").isNull();
        return switch (entity) {
            case ACCOUNT -> isAccount().and(isThere);
            case USER -> isThere;
        };
    }

    private static Condition isAccount() {
        return account(EntityKind.ACCOUNT).ne(inline(StoreTables.NO_ACCOUNT));
    }

    /** Of one member. */
    record Columns(EntityKind entity) implements RowColumns {
        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return StoreTables.attribute(attribute);
        }

        @Override
        public Condition lacks(EntityKind of) {
            return of == EntityKind.ACCOUNT && entity == EntityKind.USER
                    ? DSL.not(isAccount())
                    : DSL.falseCondition();
        }

        @Override
        public Field<String> key(EntityKind of) {
            var key = StoreTables.key(of);
            return of == entity ? key : when(isAccount(), key);
        }
    }
}
