package dev.cairn.adapters.persistence.deletion;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.sql.FactFilter;
import dev.cairn.adapters.persistence.staging.KeyDigest;
import dev.cairn.application.port.Deletion.Counts;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.domain.model.Source;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * What a selection comes to in tables: only what is in force.
 *
 * @param accounts their ids
 */
record ChosenRows(DSLContext dsl, List<Long> accounts, List<Facts> facts) {
    /** Some facts of one table. */
    record Facts(Source source, Condition which) {
        Facts {
            which = new FactTable(source.name()).inForce().and(which);
        }
    }

    static ChosenRows of(DSLContext dsl, Selection selection) {
        return switch (selection) {
            case Selection.Facts(var source, var where) -> {
                var table = new FactTable(source.name());
                var which =
                        DSL.row(table.sourceKey(), table.accountId())
                                .in(new FactFilter(source.name(), where).facts());
                yield new ChosenRows(dsl, List.of(), List.of(new Facts(source, which)));
            }
            case Selection.Keys(var source, var keys) -> ofKeys(dsl, source, keys);
            case Selection.Accounts(var keys) -> ofAccounts(dsl, keys);
        };
    }

    private static ChosenRows ofKeys(DSLContext dsl, Source source, Collection<String> keys) {
        var digest = new KeyDigest();
        var digests = keys.stream().map(digest::of).toArray(UUID[]::new);
        var table = new FactTable(source.name());
        return new ChosenRows(
                dsl, List.of(), List.of(new Facts(source, table.sourceKey().eq(DSL.any(digests)))));
    }

    private static ChosenRows ofAccounts(DSLContext dsl, Collection<String> keys) {
        var ids =
                dsl.select(ACCOUNT.ACCOUNT_ID)
                        .from(ACCOUNT)
                        .where(isThere(keys))
                        .fetch(ACCOUNT.ACCOUNT_ID);
        var facts =
                StoredDefinitions.declared(dsl).stream()
                        .map(source ->
                                new Facts(
                                        source,
                                        new FactTable(source.name()).accountId().eq(any(ids))))
                        .toList();
        return new ChosenRows(dsl, ids, facts);
    }

    /** Accounts of these keys; the reserved one has none. */
    static Condition isThere(Collection<String> keys) {
        var wanted = keys.stream().filter(key -> !key.isEmpty()).toArray(String[]::new);
        return ACCOUNT.ACCOUNT_KEY.eq(DSL.any(wanted)).and(ACCOUNT.DELETION_ID.isNull());
    }

    static org.jooq.QuantifiedSelect<org.jooq.Record1<Long>> any(Collection<Long> ids) {
        return DSL.any(ids.toArray(Long[]::new));
    }

    long users() {
        return dsl.fetchCount(ACCOUNT_USER, ACCOUNT_USER.ACCOUNT_ID.eq(any(accounts)));
    }

    Counts count() {
        var counts = new TreeMap<String, Long>();
        for (var chosen : facts) {
            var source = chosen.source().name();
            long count = dsl.fetchCount(new FactTable(source).table(), chosen.which());
            if (count > 0) {
                counts.put(source, count);
            }
        }
        return new Counts(counts, accounts.size(), users());
    }
}
