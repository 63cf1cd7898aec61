package dev.cairn.adapters.persistence;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.GeneratedContract;
import dev.cairn.testkit.data.World;
import org.junit.jupiter.api.AfterEach;

/** Generated plans and questions over worlds that went through the real stores. */
class GeneratedQuestionsTest implements GeneratedContract {
    private final StoredWorlds worlds = new StoredWorlds();

    @Override
    public AnalysisExecutor executorOver(World world) {
        return worlds.onlyExecutorOver(world);
    }

    @AfterEach
    void dropDatabases() {
        worlds.close();
    }
}
