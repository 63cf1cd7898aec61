package dev.cairn.adapters.persistence;

import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldLoader;
import java.util.ArrayDeque;
import java.util.Deque;

/** Databases that worlds went into through the stores: definitions saved, members and facts loaded. Closing drops them. */
final class StoredWorlds implements AutoCloseable {
    private final Deque<MigratedDatabase> databases = new ArrayDeque<>();

    AnalysisExecutor executorOver(World world) {
        var database = new MigratedDatabase();
        databases.add(database);
        var dataSource = database.dataSource();
        new WorldLoader(
                        new JooqDefinitionStore(dataSource),
                        new JooqAccountDirectory(dataSource),
                        new JooqFactStore(dataSource))
                .load(world);
        return new JooqAnalysisExecutor(Postgres.dsl(dataSource));
    }

    /** The worlds before it are dropped. */
    AnalysisExecutor onlyExecutorOver(World world) {
        close();
        return executorOver(world);
    }

    @Override
    public void close() {
        while (!databases.isEmpty()) {
            databases.remove().close();
        }
    }
}
