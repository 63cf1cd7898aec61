package dev.cairn.adapters.persistence;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AccountByLinkContract;
import dev.cairn.testkit.contract.CoverageContract;
import dev.cairn.testkit.contract.ExistenceContract;
import dev.cairn.testkit.contract.FactsContract;
import dev.cairn.testkit.contract.MembersContract;
import dev.cairn.testkit.data.World;
import org.junit.jupiter.api.AfterEach;

/** Contracts of the executor that hang on what is stored, over worlds that went through the stores. */
class StoredWorldsTest
        implements CoverageContract,
                ExistenceContract,
                FactsContract,
                MembersContract,
                AccountByLinkContract {
    private final StoredWorlds worlds = new StoredWorlds();

    @Override
    public AnalysisExecutor executorOver(World world) {
        return worlds.executorOver(world);
    }

    @AfterEach
    void dropDatabases() {
        worlds.close();
    }
}
