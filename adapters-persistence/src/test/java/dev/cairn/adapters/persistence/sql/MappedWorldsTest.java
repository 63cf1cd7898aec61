package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.DatesContract;
import dev.cairn.testkit.contract.EntitiesContract;
import dev.cairn.testkit.contract.ExistenceContract;
import dev.cairn.testkit.contract.FactsContract;
import dev.cairn.testkit.contract.LinksContract;
import dev.cairn.testkit.contract.RolesContract;
import dev.cairn.testkit.contract.StepsContract;
import dev.cairn.testkit.contract.ValidityContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

/** Contracts that differ most over facts that stay in tables of their own; {@link EveryContractOnMappedTablesTest} has the others too. */
class MappedWorldsTest
        implements DatesContract,
                EntitiesContract,
                ExistenceContract,
                FactsContract,
                LinksContract,
                RolesContract,
                StepsContract,
                ValidityContract {
    private final WorldDatabases databases = new WorldDatabases(TestServer.shared());

    @Override
    public AnalysisExecutor executorOver(World world) {
        return MappedWorld.executor(databases.of(world), world);
    }

    @AfterEach
    void dropDatabases() throws SQLException {
        databases.close();
    }
}
