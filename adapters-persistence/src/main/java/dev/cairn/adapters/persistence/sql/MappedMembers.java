package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.name;

import dev.cairn.adapters.persistence.generated.Tables;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Accounts and users, with first facts that stay in tables of their own: who has no declared start exists from the first fact of any source. Who has one is not looked
 * for among them.
 */
final class MappedMembers {
    private static final FactTable ROW = new FactTable(name("own_row"));
    private static final Table<?> BEGUN = DSL.table(name("begun"));
    private static final Field<Instant> FIRST = StoreTables.instant(BEGUN, "first_fact");
    private static final Field<LocalDate> FIRST_ON = StoreTables.date(BEGUN, "first_fact_on");

    private MappedMembers() {}

    /**
     * Under the names of the tables of members, for those that such facts name.
     *
     * @param sources whose rows are facts
     * @param mapped all whose rows stay in tables of their own
     */
    static Stream<CommonTableExpression<?>> tables(
            List<MappedRows> sources, List<MappedRows> mapped) {
        var facts = sources.stream().filter(rows -> !rows.source().isTimeless()).toList();
        var accounts = facts.stream().flatMap(rows -> ofAccounts(rows, mapped)).toList();
        var users =
                facts.stream()
                        .filter(rows -> rows.source().userField() != null)
                        .map(rows -> ofUsers(rows, mapped))
                        .toList();
        return Stream.of(
                        table(
                                Tables.ACCOUNT,
                                MappedAccounts.all(mapped),
                                List.of("account_id"),
                                accounts),
                        table(
                                Tables.ACCOUNT_USER,
                                StoreTables.members(EntityRef.USER),
                                List.of("account_id", "user_id"),
                                users))
                .flatMap(Optional::stream);
    }

    private static Optional<CommonTableExpression<?>> table(
            Table<?> members, Table<?> stored, List<String> ids, List<Select<Record>> firsts) {
        if (firsts.isEmpty()) {
            return Optional.empty();
        }
        var columns = new ArrayList<Field<?>>();
        Arrays.stream(members.fields())
                .map(column ->
                        DSL.field(
                                stored.getUnqualifiedName().append(column.getUnqualifiedName()),
                                column.getDataType()))
                .forEach(columns::add);
        columns.replaceAll(column ->
                switch (column.getName()) {
                    case "first_fact" ->
                            least(SqlTypes.<Instant>typed(column), FIRST).as("first_fact");
                    case "first_fact_on" ->
                            least(SqlTypes.<LocalDate>typed(column), FIRST_ON).as("first_fact_on");
                    default -> column;
                });
        Select<Record> all = firsts.getFirst();
        for (var more : firsts.subList(1, firsts.size())) {
            all = all.unionAll(more);
        }
        var first = DSL.table(name("first"));
        var keys = ids.stream().<Field<?>>map(id -> StoreTables.id(first, id)).toList();
        var begun =
                DSL.select(keys)
                        .select(
                                DSL.min(StoreTables.instant(first, "first_fact")).as("first_fact"),
                                DSL.min(StoreTables.date(first, "first_fact_on"))
                                        .as("first_fact_on"))
                        .from(all.asTable("first"))
                        .groupBy(keys);
        var isSame =
                ids.stream()
                        .map(id -> StoreTables.id(stored, id).eq(StoreTables.id(BEGUN, id)))
                        .reduce(DSL.noCondition(), org.jooq.Condition::and);
        return Optional.of(
                members.getUnqualifiedName()
                        .asNotMaterialized(
                                DSL.select(columns)
                                        .from(stored)
                                        .leftJoin(begun.asTable("begun"))
                                        .on(isSame)));
    }

    /** By the account that a fact is of, and those that it names in other roles. */
    private static Stream<Select<Record>> ofAccounts(MappedRows rows, List<MappedRows> all) {
        var source = rows.source();
        var account = MappedAccounts.all(all);
        Stream<Select<Record>> byKey =
                Stream.concat(
                                Optional.ofNullable(source.accountField())
                                        .flatMap(source::field)
                                        .stream(),
                                source.accountRoles().stream())
                        .map(field ->
                                DSL.select(List.of(StoreTables.id(account, "account_id")))
                                        .select(time(source))
                                        .from(new MappedValues(rows).select().asTable(ROW.name()))
                                        .join(account)
                                        .on(
                                                MappedAccount.isAccount(
                                                        account,
                                                        MappedAccount.key(ROW.column(field))))
                                        .where(hasNoStart(account)));
        return source.accountVia() == null
                ? byKey
                : Stream.concat(Stream.of(ofAccountByLink(rows, all)), byKey);
    }

    private static Select<Record> ofAccountByLink(MappedRows rows, List<MappedRows> all) {
        var account = MappedAccounts.all(all);
        var id = StoreTables.id(account, "account_id");
        var row = new MappedValues(rows).select().asTable(ROW.name());
        var of = MappedAccount.beside(row, rows, ROW.name(), all);
        return DSL.select(List.of(id))
                .select(time(rows.source()))
                .from(of.from())
                .join(account)
                .on(id.eq(of.id()))
                .where(id.ne(inline(FactTable.NO_ACCOUNT)))
                .and(hasNoStart(account))
                .and(of.sound());
    }

    private static Select<Record> ofUsers(MappedRows rows, List<MappedRows> all) {
        var source = rows.source();
        var user = StoreTables.members(EntityRef.USER);
        var key =
                ROW.column(source.field(Objects.requireNonNull(source.userField())).orElseThrow());
        var row = new MappedValues(rows).select().asTable(ROW.name());
        var of = MappedAccount.beside(row, rows, ROW.name(), all);
        return DSL.select(
                        List.of(
                                StoreTables.id(user, "account_id"),
                                StoreTables.id(user, "user_id")))
                .select(time(source))
                .from(of.from())
                .join(user)
                .on(StoreTables.id(user, "account_id").eq(of.id()))
                .and(StoreTables.text(user, "user_key").eq(MappedAccount.key(key)))
                .where(hasNoStart(user))
                .and(of.sound());
    }

    private static org.jooq.Condition hasNoStart(Table<?> members) {
        return StoreTables.instant(members, "declared_start")
                .isNull()
                .and(StoreTables.date(members, "declared_start_on").isNull());
    }

    /** The time of a fact, as an instant or as a date. */
    private static List<Field<?>> time(Source source) {
        boolean byDate = source.placedBy().type() == DataType.DATE;
        var time = ROW.column(source.placedBy());
        return List.of(
                (byDate ? DSL.castNull(SQLDataType.INSTANT) : time).as("first_fact"),
                (byDate ? time : DSL.castNull(LocalDates.TYPE)).as("first_fact_on"));
    }
}
