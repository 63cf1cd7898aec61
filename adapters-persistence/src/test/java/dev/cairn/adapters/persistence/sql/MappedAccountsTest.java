package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AccountByLinkContract;
import dev.cairn.testkit.contract.ExistenceContract;
import dev.cairn.testkit.contract.ParentAccountsContract;
import dev.cairn.testkit.contract.RolesContract;
import dev.cairn.testkit.contract.TestAccountsContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

/** Accounts that are rows of a table, as their facts are; {@link EveryContractOnMappedAccountsTest} has the other contracts too. */
class MappedAccountsTest
        implements AccountByLinkContract,
                ExistenceContract,
                ParentAccountsContract,
                RolesContract,
                TestAccountsContract {
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
