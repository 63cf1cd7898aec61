package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.model.DataType;
import dev.cairn.testkit.contract.AccountByLinkContract;
import dev.cairn.testkit.contract.DatesContract;
import dev.cairn.testkit.contract.EntitiesContract;
import dev.cairn.testkit.contract.EntityHistoryContract;
import dev.cairn.testkit.contract.ExistenceContract;
import dev.cairn.testkit.contract.FactsContract;
import dev.cairn.testkit.contract.LinksContract;
import dev.cairn.testkit.contract.RolesContract;
import dev.cairn.testkit.contract.StepsContract;
import dev.cairn.testkit.contract.TimelessContract;
import dev.cairn.testkit.contract.ValidityContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contracts that differ most over facts that stay in tables of their own; {@link EveryContractOnMappedTablesTest} has the others too. */
class MappedWorldsTest
        implements AccountByLinkContract,
                DatesContract,
                EntitiesContract,
                EntityHistoryContract,
                ExistenceContract,
                FactsContract,
                LinksContract,
                RolesContract,
                StepsContract,
                TimelessContract,
                ValidityContract {
    private final WorldDatabases databases = new WorldDatabases(TestServer.shared());

    @Override
    public AnalysisExecutor executorOver(World world) {
        return MappedWorld.executor(databases.of(world), world);
    }

    @Test
    void fields_are_computed_of_rows_that_stay_where_they_are() {
        // Pages are 3 and 4; twice as many are 6 and 8, and more than 6 are those of the second.
        var world =
                World.world()
                        .source(
                                source("visit")
                                        .date("day")
                                        .account("customer")
                                        .integer("pages")
                                        .computed("twice", DataType.INTEGER, "2 * pages")
                                        .computed("is_long", DataType.BOOLEAN, "twice > 6"))
                        .fact("visit", "2026-01-05", "acme", 3, null, null)
                        .fact("visit", "2026-01-06", "acme", 4, null, null);
        expect(world, ask("sum(visit.twice)", "count(visit where is_long)"), "14 | 1");
    }

    @Test
    void tables_of_a_schema_that_was_closed_are_not_read() {
        var world =
                World.world()
                        .source(source("visit").date("day").account("customer"))
                        .fact("visit", "2026-01-05", "acme")
                        .build();
        var dsl = databases.of(world);
        var executor = MappedWorld.executor(dsl, world);
        var plan = ask("count(visit)").plan(world.catalog());
        assertThat(executor.execute(plan, LIMIT).rows()).hasSize(1);
        MappableSchemas.only(Set.of("finance"), dsl);
        assertThatThrownBy(() -> executor.execute(plan, LIMIT))
                .isInstanceOf(TableChanged.class)
                .hasMessage(
                        "Tables of the schema company may not be mapped here; those of finance may (cairn.tables.schemas).");
    }

    @AfterEach
    void dropDatabases() throws SQLException {
        databases.close();
    }
}
