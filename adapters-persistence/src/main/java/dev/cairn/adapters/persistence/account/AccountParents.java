package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.KeyOfParts;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.application.port.out.AccountDirectory.CircularParents;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record4;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The accounts that accounts point at by their links. */
public final class AccountParents {
    /** The link to the account that an account is a part of. */
    private static final String PARENT = "parent";

    private final DSLContext transaction;
    private final Entity accounts;
    private final AttributeTable attributes = new AttributeTable(EntityRef.ACCOUNT);
    private final HistoryTable history = new HistoryTable(EntityRef.ACCOUNT);

    public AccountParents(DSLContext transaction, Entity accounts) {
        this.transaction = transaction;
        this.accounts = accounts;
    }

    /**
     * That no account which files brought is above itself; what they said is not read where accounts are rows of a table.
     *
     * @throws CircularParents where one is
     */
    public static void check(DSLContext transaction) {
        var accounts = StoredDefinitions.entity(transaction, EntityRef.ACCOUNT);
        if (accounts.mapping() != null) {
            return;
        }
        var circle = new AccountParents(transaction, accounts).circle();
        if (!circle.isEmpty()) {
            throw new CircularParents(circle);
        }
    }

    /** Creates those that nobody knew. @return how many */
    public long create() {
        return links().stream()
                .mapToInt(link -> {
                    var said = key(link, attributes::column);
                    int now = create(said, attributes.table(), attributes.accountId());
                    return accounts.history() == null
                            ? now
                            : now
                                    + create(
                                            key(link, history::column),
                                            history.table(),
                                            history.accountId());
                })
                .sum();
    }

    private int create(Field<String> said, Table<?> from, Field<Long> id) {
        return NamedAccounts.create(
                transaction,
                DSL.select(
                                said,
                                DSL.castNull(SQLDataType.INSTANT),
                                DSL.castNull(SQLDataType.LOCALDATE))
                        .from(from)
                        .join(ACCOUNT)
                        .on(ACCOUNT.ACCOUNT_ID.eq(id))
                        .where(NamedAccounts.isKey(said)));
    }

    /**
     * Accounts each of which is the parent of the one before, and the first that of the last; none where no account is above itself at any time. Deleted
     * accounts are above and below nobody.
     */
    public List<String> circle() {
        return links().stream()
                .filter(link -> link.name().equals(PARENT))
                .map(link -> new ParentCircles(transaction, children(link)).first())
                .filter(circle -> !circle.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Select<Record4<Long, String, LocalDate, LocalDate>> children(Link link) {
        boolean isOfTimes = accounts.history() != null;
        var said = key(link, isOfTimes ? history::column : attributes::column);
        var from = isOfTimes ? history.table() : attributes.table();
        var id = isOfTimes ? history.accountId() : attributes.accountId();
        var since = isOfTimes ? history.from() : day("-infinity");
        var until = isOfTimes ? history.until() : day("infinity");
        return DSL.select(id, said, since, until)
                .from(from)
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(id))
                .where(ACCOUNT.DELETION_ID.isNull())
                .and(NamedAccounts.isKey(said));
    }

    private static Field<LocalDate> day(String infinite) {
        return DSL.inline(infinite).cast(LocalDates.TYPE);
    }

    private List<Link> links() {
        return accounts.links().stream()
                .filter(link -> link.member().filter(EntityRef::isAccount).isPresent())
                .toList();
    }

    private Field<String> key(
            Link link, Function<dev.cairn.domain.model.Field, Field<?>> columnOf) {
        var parts = new ArrayList<Field<String>>();
        for (var name : link.fields()) {
            int part = accounts.key().size() > 1 ? accounts.key().indexOf(name) : -1;
            parts.add(
                    part >= 0
                            ? KeyOfParts.part(ACCOUNT.ACCOUNT_KEY, DSL.inline(part + 1))
                            : columnOf.apply(accounts.attribute(name).orElseThrow())
                                    .cast(SQLDataType.CLOB));
        }
        return parts.size() == 1 ? parts.getFirst() : KeyOfParts.of(parts);
    }
}
