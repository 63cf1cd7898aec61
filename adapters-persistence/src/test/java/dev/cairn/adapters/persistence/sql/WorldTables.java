package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.application.port.out.AccountDirectory.Held;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.time.PointInTime;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.Rules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Writes a world into tables without the stores, many rows with each statement: most of these worlds are there for one question. */
final class WorldTables {
    private static final int ROWS = 500;

    private record User(long account, String key) {}

    private final DSLContext dsl;
    private final World world;
    private final Map<String, Long> accounts = new HashMap<>();
    private final Map<User, Long> users = new HashMap<>();
    private final FirstFacts firstOfAccounts = new FirstFacts("account", "account_id");
    private final FirstFacts firstOfUsers = new FirstFacts("account_user", "user_id");

    private WorldTables(DSLContext dsl, World world) {
        this.dsl = dsl;
        this.world = world;
    }

    static void write(DSLContext dsl, World world) {
        var tables = new WorldTables(dsl, world);
        tables.members();
        world.sources().forEach(source -> tables.source(world.source(source)));
        tables.firstOfAccounts.write(dsl);
        tables.firstOfUsers.write(dsl);
    }

    /** When the first fact of each was, by date and by instant, each apart. */
    private record FirstFacts(
            String table, String key, Map<Long, LocalDate> on, Map<Long, Instant> at) {
        FirstFacts(String table, String key) {
            this(table, key, new HashMap<>(), new HashMap<>());
        }

        void add(long of, @Nullable Object time) {
            if (time instanceof LocalDate date) {
                on.merge(of, date, (a, b) -> a.isBefore(b) ? a : b);
            } else if (time != null) {
                at.merge(of, (Instant) time, (a, b) -> a.isBefore(b) ? a : b);
            }
        }

        void write(DSLContext dsl) {
            on.forEach((of, day) -> write(dsl, of, date("first_fact_on"), day));
            at.forEach((of, instant) -> write(dsl, of, instant("first_fact"), instant));
        }

        private <T> void write(DSLContext dsl, long of, Field<T> column, T time) {
            dsl.update(DSL.table(DSL.name(table)))
                    .set(column, time)
                    .where(id(key).eq(of))
                    .execute();
        }
    }

    private static org.jooq.DataType<?> type(DataType type) {
        return switch (type) {
            case TEXT -> SQLDataType.CLOB.collation(DSL.collation("C"));
            case INTEGER -> SQLDataType.BIGINT;
            case DECIMAL, MONEY -> SQLDataType.NUMERIC;
            case BOOLEAN -> SQLDataType.BOOLEAN;
            case DATE -> LocalDates.TYPE;
            case TIMESTAMP -> SQLDataType.INSTANT;
        };
    }

    private void members() {
        for (EntityRef kind : EntityRef.BUILT_IN) {
            for (var attribute : world.catalog().entity(kind).stored().attributes()) {
                var field = attribute.field();
                for (String table : List.of("attribute_", "history_")) {
                    dsl.alterTable(DSL.name(table + kind.name()))
                            .addColumn(DSL.name("a_" + field.name()), type(field.type()))
                            .execute();
                }
            }
        }
        world.accounts()
                .forEach(member ->
                        attributes(EntityRef.ACCOUNT, member, account(member.key()), null));
        new Rules().named(world).forEach(this::account);
        for (Member member : world.users()) {
            long account = account(member.account());
            attributes(EntityRef.USER, member, account, user(account, member.key()));
        }
    }

    private void attributes(EntityRef kind, Member member, long account, @Nullable Long user) {
        var columns = new ArrayList<Field<?>>(List.of(id("account_id")));
        var values = new ArrayList<@Nullable Object>(List.of(account));
        if (user != null) {
            columns.add(id("user_id"));
            values.add(user);
        }
        var table = DSL.table(DSL.name(kind.isAccount() ? "account" : "account_user"));
        var where =
                user == null
                        ? id("account_id").eq(account)
                        : id("account_id").eq(account).and(id("user_id").eq(user));
        dsl.update(table)
                .set(instant("declared_start"), instant(member.start()))
                .set(date("declared_start_on"), date(member.start()))
                .set(instant("removed_at"), instant(member.removed()))
                .set(date("removed_on"), date(member.removed()))
                .where(where)
                .execute();
        var attributes = world.catalog().entity(kind).stored().attributes();
        for (int i = 0; i < attributes.size(); i++) {
            var field = attributes.get(i).field();
            columns.add(DSL.field(DSL.name("a_" + field.name()), type(field.type())));
            values.add(member.values().get(i));
        }
        // Of an entity with a history a member is there once for each time: what holds last is
        // known now.
        dsl.deleteFrom(DSL.table(DSL.name("attribute_" + kind.name()))).where(where).execute();
        dsl.insertInto(DSL.table(DSL.name("attribute_" + kind.name())), columns)
                .values(values)
                .execute();
        if (member.held() != null) {
            var history = DSL.table(DSL.name("history_" + kind.name()));
            boolean isFirst = !dsl.fetchExists(DSL.selectOne().from(history).where(where));
            columns.add(date("holds_from"));
            columns.add(date("holds_until"));
            columns.add(DSL.field(DSL.name("is_first"), SQLDataType.BOOLEAN));
            values.add(day(member.held().from(), "-infinity"));
            values.add(day(until(kind, member, member.held()), "infinity"));
            values.add(isFirst);
            dsl.insertInto(history, columns).values(values).execute();
        }
    }

    /** What was seen on a day holds until the next on which something was. */
    private @Nullable LocalDate until(EntityRef kind, Member member, Held held) {
        if (!held.isSnapshot()) {
            return held.until();
        }
        var all = kind.isAccount() ? world.accounts() : world.users();
        return all.stream()
                .filter(other ->
                        other.key().equals(member.key())
                                && Objects.equals(other.account(), member.account()))
                .map(other -> Objects.requireNonNull(other.held()).from())
                .filter(from -> from != null && (held.from() == null || from.isAfter(held.from())))
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    private static Field<LocalDate> day(@Nullable LocalDate day, String infinite) {
        return day == null
                ? DSL.inline(infinite).cast(SQLDataType.LOCALDATE)
                : DSL.val(day, LocalDates.TYPE);
    }

    private long account(@Nullable String key) {
        if (key == null) {
            return 0;
        }
        return accounts.computeIfAbsent(
                key,
                _ -> {
                    long id = accounts.size() + 1L;
                    dsl.insertInto(
                                    DSL.table(DSL.name("account")),
                                    id("account_id"),
                                    text("account_key"))
                            .values(id, key)
                            .execute();
                    return id;
                });
    }

    private long user(long account, String key) {
        return users.computeIfAbsent(
                new User(account, key),
                _ -> {
                    long id = users.size() + 1L;
                    dsl.insertInto(
                                    DSL.table(DSL.name("account_user")),
                                    id("account_id"),
                                    id("user_id"),
                                    text("user_key"))
                            .values(account, id, key)
                            .execute();
                    return id;
                });
    }

    private void source(Source source) {
        var table = DSL.table(DSL.name("fact_" + source.name()));
        var create =
                dsl.createTable(table)
                        .column(id("account_id"))
                        .column(id("user_id"))
                        .column(DSL.field(DSL.name("source_key"), SQLDataType.UUID))
                        .column(instant("occurred"))
                        .column(instant("recorded"))
                        .column(instant("superseded"));
        for (var field : source.fields()) {
            create = create.column(DSL.name("f_" + field.name()), type(field.type()));
        }
        create.execute();
        var rows =
                world.versions(source.name()).stream()
                        .map(version -> fact(source, version))
                        .toList();
        for (int from = 0; from < rows.size(); from += ROWS) {
            var insert = dsl.insertInto(table, columns(source));
            for (var row : rows.subList(from, Math.min(from + ROWS, rows.size()))) {
                insert = insert.values(row);
            }
            insert.execute();
        }
        world.coverage(source.name())
                .ifPresent(coverage ->
                        coverage("source_state", id("data_version"), 1L, source.name(), coverage));
        coverageAt(source.name(), DSL.inline("-infinity").cast(SQLDataType.INSTANT), List.of());
        for (int at = 0; at < world.loads().size(); at++) {
            if (world.loads().get(at).source().equals(source.name())) {
                coverageAt(
                        source.name(),
                        DSL.val(World.recordedAt(at)),
                        world.loads().subList(0, at + 1));
            }
        }
    }

    private void coverageAt(String source, Field<Instant> recorded, List<World.Load> loads) {
        world.withLoads(loads)
                .coverage(source)
                .ifPresent(coverage ->
                        coverage(
                                "coverage_history",
                                instant("recorded"),
                                recorded,
                                source,
                                coverage));
    }

    private void coverage(
            String table, Field<?> column, Object value, String source, Coverage coverage) {
        dsl.insertInto(
                        DSL.table(DSL.name(table)),
                        text("source"),
                        column,
                        DSL.field(DSL.name("from_date"), LocalDates.TYPE),
                        instant("from_at"),
                        DSL.field(DSL.name("until_date"), LocalDates.TYPE),
                        instant("until_at"))
                .values(
                        Arrays.asList(
                                source,
                                value,
                                coverage.fromDate(),
                                coverage.from(),
                                coverage.untilDate(),
                                coverage.until()))
                .execute();
    }

    private static List<Field<?>> columns(Source source) {
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                id("account_id"),
                                id("user_id"),
                                DSL.field(DSL.name("source_key"), SQLDataType.UUID),
                                instant("occurred"),
                                instant("recorded"),
                                instant("superseded")));
        for (var field : source.fields()) {
            columns.add(DSL.field(DSL.name("f_" + field.name()), type(field.type())));
        }
        return columns;
    }

    /** The row of a fact, in the order of the columns; whom it names is there afterwards. */
    private List<@Nullable Object> fact(Source source, World.Version version) {
        var fact = version.fact();
        long account = account(fact.account());
        Long user = fact.user() == null ? null : user(account, fact.user());
        var named = new ArrayList<Long>(List.of(account));
        for (var role : source.accountRoles()) {
            if (fact.values().get(source.fields().indexOf(role)) instanceof String key
                    && !key.isEmpty()) {
                named.add(account(key));
            }
        }
        if (version.superseded() == null && !source.isTimeless()) {
            var time = fact.values().get(source.fields().indexOf(source.placedBy()));
            named.stream().filter(of -> of != 0).forEach(of -> firstOfAccounts.add(of, time));
            if (user != null) {
                firstOfUsers.add(user, time);
            }
        }
        var values = new ArrayList<@Nullable Object>();
        values.add(account);
        values.add(user);
        values.add(UUID.randomUUID());
        values.add(fact.occurred());
        values.add(version.recorded());
        values.add(
                version.superseded() == null
                        ? DSL.inline("infinity").cast(SQLDataType.INSTANT)
                        : version.superseded());
        values.addAll(fact.values());
        return values;
    }

    private static @Nullable Instant instant(@Nullable PointInTime point) {
        return point instanceof PointInTime.AtInstant(var instant) ? instant : null;
    }

    private static @Nullable LocalDate date(@Nullable PointInTime point) {
        return point instanceof PointInTime.OnDate(var date) ? date : null;
    }

    private static Field<LocalDate> date(String column) {
        return DSL.field(DSL.name(column), SQLDataType.LOCALDATE);
    }

    private static Field<Long> id(String column) {
        return DSL.field(DSL.name(column), SQLDataType.BIGINT);
    }

    private static Field<String> text(String column) {
        return DSL.field(DSL.name(column), SQLDataType.CLOB);
    }

    private static Field<Instant> instant(String column) {
        return DSL.field(DSL.name(column), SQLDataType.INSTANT);
    }
}
