package dev.cairn.adapters.persistence;

import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.testkit.contract.CoverageContract;
import dev.cairn.testkit.contract.FactsContract;
import dev.cairn.testkit.contract.MembersContract;
import dev.cairn.testkit.data.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** Contracts of the executor that hang on what is stored, over worlds that went through the stores: definitions saved, members and facts loaded. */
class StoredWorldsTest implements CoverageContract, FactsContract, MembersContract {
    private static final Instant RECORDED = Instant.parse("2026-01-01T00:00:00Z");

    private final List<MigratedDatabase> databases = new ArrayList<>();

    @Override
    public AnalysisExecutor executorOver(World world) {
        var database = new MigratedDatabase();
        databases.add(database);
        var dataSource = database.dataSource();
        define(dataSource, world);
        loadMembers(dataSource, world, EntityKind.ACCOUNT, world.accounts());
        loadMembers(dataSource, world, EntityKind.USER, world.users());
        loadFacts(dataSource, world);
        return new JooqAnalysisExecutor(Postgres.dsl(dataSource));
    }

    private static void define(DataSource dataSource, World world) {
        var entries =
                world.catalog().entries().stream()
                        .map(entry ->
                                new Entry(
                                        entry.definition(),
                                        Math.max(1, entry.version()),
                                        entry.bindings()))
                        .toList();
        if (!(new JooqDefinitionStore(dataSource).save(0, entries, Set.of())
                instanceof Saved.Done)) {
            throw new AssertionError("not saved");
        }
    }

    private static void loadMembers(
            DataSource dataSource, World world, EntityKind kind, List<Member> members) {
        try (var load =
                new JooqAccountDirectory(dataSource)
                        .begin(world.catalog().entity(kind), RECORDED)) {
            members.forEach(load::add);
            load.commit();
        }
    }

    private static void loadFacts(DataSource dataSource, World world) {
        var store = new JooqFactStore(dataSource);
        for (World.Load batch : world.loads()) {
            try (var load = store.begin(world.source(batch.source()), RECORDED)) {
                batch.facts().forEach(load::add);
                load.commit(batch.completeUntil());
            }
        }
    }

    @AfterEach
    void dropDatabases() {
        databases.forEach(MigratedDatabase::close);
        databases.clear();
    }
}
