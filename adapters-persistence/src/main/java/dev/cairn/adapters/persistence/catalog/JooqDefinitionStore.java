package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.generated.Tables.CATALOG_VERSION;
import static dev.cairn.adapters.persistence.generated.Tables.DEFINITION;

import dev.cairn.adapters.persistence.definition.DefinitionJson;
import dev.cairn.adapters.persistence.fact.AccountsByLink;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.Recording;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Keeps definitions in PostgreSQL. Whoever saves locks the catalogue's version; reading waits for nobody. */
public final class JooqDefinitionStore implements DefinitionStore {
    private static final String METRIC = "metric";

    private final DSLContext dsl;

    public JooqDefinitionStore(DataSource dataSource) {
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public Catalog load() {
        return load(dsl);
    }

    /** One statement, so that version and definitions are of one moment. */
    static Catalog load(DSLContext dsl) {
        var rows =
                dsl.select(CATALOG_VERSION.VERSION)
                        .select(
                                DEFINITION.NAME,
                                DEFINITION.VERSION,
                                DEFINITION.IN_FORCE,
                                DEFINITION.PAYLOAD,
                                DEFINITION.SAVED_AT)
                        .from(CATALOG_VERSION)
                        .leftJoin(DEFINITION)
                        .on(DSL.condition(DEFINITION.IN_FORCE).or(DEFINITION.KIND.eq(METRIC)))
                        .orderBy(DEFINITION.NAME, DEFINITION.VERSION)
                        .fetch();
        var current = new ArrayList<Entry>();
        var older = new ArrayList<Entry>();
        var savedAt = new HashMap<String, Instant>();
        for (Record row : rows) {
            if (row.get(DEFINITION.NAME) != null) {
                Entry entry =
                        DefinitionJson.read(
                                row.get(DEFINITION.PAYLOAD), row.get(DEFINITION.VERSION));
                boolean inForce = row.get(DEFINITION.IN_FORCE);
                (inForce ? current : older).add(entry);
                var saved = row.get(DEFINITION.SAVED_AT);
                if (inForce && saved != null) {
                    savedAt.put(entry.name(), saved);
                }
            }
        }
        Set<String> metrics =
                current.stream()
                        .filter(entry -> entry.definition() instanceof Metric)
                        .map(Entry::name)
                        .collect(Collectors.toSet());
        older.removeIf(entry -> !metrics.contains(entry.name()));
        return Catalog.of(rows.getFirst().get(CATALOG_VERSION.VERSION), current, older, savedAt);
    }

    @Override
    public long version() {
        return dsl.fetchSingle(CATALOG_VERSION).get(CATALOG_VERSION.VERSION);
    }

    @Override
    public Saved save(long expectedVersion, Collection<Entry> changed, Set<String> retired) {
        return dsl.transactionResult(configuration ->
                save(DSL.using(configuration), expectedVersion, changed, retired, true));
    }

    @Override
    public Saved rehearse(long expectedVersion, Collection<Entry> changed, Set<String> retired) {
        if (retired.isEmpty()
                && changed.stream().noneMatch(entry -> Revision.hasTable(entry.definition()))) {
            return new Saved.Done(load(), Map.of());
        }
        return dsl.transactionResult(configuration ->
                save(DSL.using(configuration), expectedVersion, changed, retired, false));
    }

    private static Saved save(
            DSLContext transaction,
            long expectedVersion,
            Collection<Entry> changed,
            Set<String> retired,
            boolean forGood) {
        var locked = Recording.lock(transaction, Recording.clockOf(transaction));
        long version =
                transaction
                        .selectFrom(CATALOG_VERSION)
                        .forUpdate()
                        .fetchSingle(CATALOG_VERSION.VERSION);
        if (version != expectedVersion) {
            return new Saved.Conflict();
        }
        var revision = new Revision(transaction, version + 1);
        List<Revision.Step> steps = changed.stream().map(revision::step).toList();
        var refused = new LinkedHashMap<String, List<String>>();
        var redone = new HashMap<String, Redone>();
        for (Revision.Step step : steps) {
            var refusals = step.refusals();
            if (refusals.isEmpty()) {
                redone.put(step.name(), step.redone());
            } else {
                refused.put(step.name(), refusals);
            }
        }
        if (!refused.isEmpty()) {
            return new Saved.Refused(refused);
        }
        var retirements = new ArrayList<TableDeclaration>();
        for (String name : retired) {
            revision.retirement(name)
                    .ifPresent(retirement -> {
                        if (retirement.refusals().isEmpty()) {
                            redone.put(name, retirement.redone());
                            retirements.add(retirement);
                        }
                    });
        }
        if (!forGood) {
            return new Saved.Done(load(transaction), redone);
        }
        steps.forEach(Revision.Step::prepare);
        boolean somethingRetired = revision.retire(retired);
        retirements.forEach(TableDeclaration::carryOut);
        steps.forEach(Revision.Step::carryOut);
        if (redone.values().stream().anyMatch(done -> !done.equals(Redone.NOTHING))) {
            new AccountsByLink(transaction).settle(locked);
        }
        if (somethingRetired || !steps.isEmpty()) {
            transaction.update(CATALOG_VERSION).set(CATALOG_VERSION.VERSION, version + 1).execute();
        }
        return new Saved.Done(load(transaction), redone);
    }
}
