package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The whole contract over accounts that are rows of a table. */
@Tag("long")
class EveryContractOnMappedAccountsTest extends AnalysisExecutorContract {
    private final WorldDatabases databases = new WorldDatabases(TestServer.shared());

    @Override
    public AnalysisExecutor executorOver(World world) {
        return MappedWorld.executorOfAccounts(databases.of(world), world);
    }

    @AfterEach
    void dropDatabases() throws SQLException {
        databases.close();
    }
}
