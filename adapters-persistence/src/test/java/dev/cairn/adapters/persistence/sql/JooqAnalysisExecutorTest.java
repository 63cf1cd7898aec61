package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

/** The contract on the PostgreSQL of the tests. */
class JooqAnalysisExecutorTest extends AnalysisExecutorContract {
    private final PassingWorlds worlds = new PassingWorlds(TestServer.shared());

    @Override
    public AnalysisExecutor executorOver(World world) {
        return new JooqAnalysisExecutor(worlds.of(world));
    }

    @AfterEach
    void forgetWorlds() throws SQLException {
        worlds.close();
    }
}
