package dev.cairn.adapters.persistence.sql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The whole contract on the oldest PostgreSQL that is supported; {@link SomeOfTheContractOnPostgres15Test} is what each build runs of it. */
@Tag("long")
class JooqAnalysisExecutorOnPostgres15Test extends AnalysisExecutorContract {
    private final PassingWorlds worlds =
            new PassingWorlds(TestServer.postgres15().orElseGet(TestServer::shared));

    @BeforeEach
    void postgres15_is_there() {
        assumeTrue(TestServer.postgres15().isPresent(), "no PostgreSQL 15 on this machine");
    }

    @Override
    public AnalysisExecutor executorOver(World world) {
        return new JooqAnalysisExecutor(worlds.of(world));
    }

    @AfterEach
    void forgetWorlds() throws SQLException {
        worlds.close();
    }
}
