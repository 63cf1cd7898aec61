package dev.cairn.adapters.persistence.sql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AgesContract;
import dev.cairn.testkit.contract.CalendarsContract;
import dev.cairn.testkit.contract.ChildrenContract;
import dev.cairn.testkit.contract.CommonValuesContract;
import dev.cairn.testkit.contract.ConversionContract;
import dev.cairn.testkit.contract.DatesContract;
import dev.cairn.testkit.contract.EntitiesContract;
import dev.cairn.testkit.contract.FunctionsContract;
import dev.cairn.testkit.contract.GrainsContract;
import dev.cairn.testkit.contract.GroupContract;
import dev.cairn.testkit.contract.HistoryContract;
import dev.cairn.testkit.contract.HoursContract;
import dev.cairn.testkit.contract.KnownAtContract;
import dev.cairn.testkit.contract.LinksContract;
import dev.cairn.testkit.contract.MemberWindowsContract;
import dev.cairn.testkit.contract.NumbersContract;
import dev.cairn.testkit.contract.OrderedValuesContract;
import dev.cairn.testkit.contract.RankContract;
import dev.cairn.testkit.contract.StepOrderContract;
import dev.cairn.testkit.contract.StepsContract;
import dev.cairn.testkit.contract.SurvivalContract;
import dev.cairn.testkit.contract.TimeContract;
import dev.cairn.testkit.contract.TopContract;
import dev.cairn.testkit.contract.TotalsContract;
import dev.cairn.testkit.contract.UncertaintyContract;
import dev.cairn.testkit.contract.ValidityContract;
import dev.cairn.testkit.contract.WeightsContract;
import dev.cairn.testkit.contract.WindowsContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.sql.SQLException;

/** On the oldest PostgreSQL that is supported the contracts whose statements differ most; {@link EveryContractOnPostgres15Test} has all. */
class JooqAnalysisExecutorOnPostgres15Test
        implements TimeContract,
                NumbersContract,
                DatesContract,
                FunctionsContract,
                WindowsContract,
                GroupContract,
                OrderedValuesContract,
                StepsContract,
                StepOrderContract,
                SurvivalContract,
                HistoryContract,
                KnownAtContract,
                ConversionContract,
                AgesContract,
                HoursContract,
                TopContract,
                RankContract,
                CommonValuesContract,
                TotalsContract,
                WeightsContract,
                UncertaintyContract,
                MemberWindowsContract,
                ChildrenContract,
                EntitiesContract,
                LinksContract,
                ValidityContract,
                CalendarsContract,
                GrainsContract {
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
