package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Short ways to load facts in tests and to see what came of it. */
record Facts(DataSource database, FactStore store, DSLContext dsl) {
    static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");

    static Facts in(DataSource database) {
        return new Facts(database, new JooqFactStore(database), Postgres.dsl(database));
    }

    /** A fact whose values are in the order of the fields; key, account and user are read from their fields. */
    static Fact fact(Source source, @Nullable Object... values) {
        var time = values[source.fields().indexOf(source.placedBy())];
        Instant occurred =
                time instanceof LocalDate day
                        ? day.atStartOfDay(source.zone()).toInstant()
                        : (Instant) Objects.requireNonNull(time);
        String key =
                source.key().isEmpty()
                        ? null
                        : String.valueOf(
                                source.key().stream()
                                        .map(name -> value(source, name, values))
                                        .toList());
        return new Fact(
                occurred,
                key,
                (String) value(source, source.accountField(), values),
                (String) value(source, source.userField(), values),
                new ArrayList<@Nullable Object>(Arrays.asList(values)));
    }

    private static @Nullable Object value(
            Source source, @Nullable String field, @Nullable Object[] values) {
        return field == null
                ? null
                : values[source.fields().indexOf(source.field(field).orElseThrow())];
    }

    Loaded load(Source source, Instant recordedAt, Fact... facts) {
        return load(source, recordedAt, null, facts);
    }

    Loaded load(
            Source source, Instant recordedAt, @Nullable LocalDate completeUntil, Fact... facts) {
        try (var load = store.begin(source, recordedAt)) {
            for (Fact fact : facts) {
                load.add(fact);
            }
            return load.commit(completeUntil);
        }
    }

    /** The facts in force: account key and values, ordered by them. */
    List<List<@Nullable Object>> inForce(Source source) {
        var table = new FactTable(source.name());
        return dsl.select(ACCOUNT.ACCOUNT_KEY)
                .select(table.columns(source))
                .from(table.table())
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(table.accountId()))
                .where(table.inForce())
                .orderBy(table.columns(source))
                .fetch(row -> new ArrayList<@Nullable Object>(Arrays.asList(row.intoArray())));
    }

    int rows(Source source) {
        return dsl.fetchCount(new FactTable(source.name()).table());
    }

    @Nullable Instant firstFact(String account) {
        return dsl.selectFrom(ACCOUNT)
                .where(ACCOUNT.ACCOUNT_KEY.eq(account).and(ACCOUNT.ACCOUNT_ID.ne(0L)))
                .fetchSingle(ACCOUNT.FIRST_FACT);
    }

    @Nullable LocalDate firstDay(String account) {
        return dsl.selectFrom(ACCOUNT)
                .where(ACCOUNT.ACCOUNT_KEY.eq(account))
                .fetchSingle(ACCOUNT.FIRST_FACT_ON);
    }

    @Nullable LocalDate firstDayOfUser(String user) {
        return dsl.selectFrom(ACCOUNT_USER)
                .where(ACCOUNT_USER.USER_KEY.eq(user))
                .fetchSingle(ACCOUNT_USER.FIRST_FACT_ON);
    }

    @Nullable Instant firstFactOfUser(String user) {
        return dsl.selectFrom(ACCOUNT_USER)
                .where(ACCOUNT_USER.USER_KEY.eq(user))
                .fetchSingle(ACCOUNT_USER.FIRST_FACT);
    }

    /** Keys of all accounts but the reserved one. */
    List<String> accounts() {
        return dsl.selectFrom(ACCOUNT)
                .where(ACCOUNT.ACCOUNT_ID.ne(0L))
                .orderBy(ACCOUNT.ACCOUNT_KEY)
                .fetch(ACCOUNT.ACCOUNT_KEY);
    }
}
