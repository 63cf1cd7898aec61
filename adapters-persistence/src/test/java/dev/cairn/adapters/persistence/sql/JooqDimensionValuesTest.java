package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.out.DimensionValues.Asked;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.planner.Listings;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The values of fields that are computed from what links lead to. */
class JooqDimensionValuesTest {
    private final WorldDatabases databases = new WorldDatabases(TestServer.shared());

    @AfterEach
    void dropDatabases() throws SQLException {
        databases.close();
    }

    /** Three changes of acme's subscription, which is in euros, of bolt's in dollars, and of one that is not there; one of bolt points at acme's. */
    private static World billing() {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .source(
                        source("subscription")
                                .date("day")
                                .account("customer")
                                .text("number")
                                .text("currency")
                                .integer("price")
                                .key("number")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("change")
                                .date("day")
                                .account("customer")
                                .text("of")
                                .integer("seats")
                                .computed("currency", DataType.TEXT, "subscription.currency")
                                .computed("amount", DataType.INTEGER, "seats * subscription.price")
                                .link("subscription", "subscription", "of")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("subscription", "2026-01-02", "acme", "s1", "EUR", 10)
                .fact("subscription", "2026-01-03", "bolt", "s2", "USD", 4)
                .fact("change", "2026-01-05", "acme", "s1", 3, null, null)
                .fact("change", "2026-01-08", "bolt", "s2", 2, null, null)
                .fact("change", "2026-01-09", "bolt", "s1", 7, null, null)
                .fact("change", "2026-01-10", "bolt", "s9", 1, null, null)
                .build();
    }

    private List<String> values(World world, String dimension, @Nullable String scope) {
        return listed(world, dimension, new Caller("tester", scope));
    }

    private List<String> listed(World world, String dimension, Caller caller) {
        var request = Listings.values(dimension, world.catalog(), caller);
        assertThat(request.problems()).isEmpty();
        var dsl = databases.of(world);
        var values = new JooqDimensionValues(dsl, new RowCounts(dsl));
        assertThat(values.cost(request.dimension())).isGreaterThanOrEqualTo(0);
        return values.values(List.of(new Asked(request.dimension(), request.scope())), "", 10);
    }

    @Test
    void values_of_what_is_computed_from_a_link_are_those_of_its_rows() {
        var world = billing();
        assertThat(values(world, "change.currency", null)).containsExactly("EUR", "USD");
        assertThat(values(world, "change.amount", null)).containsExactly("8", "30", "70");
    }

    @Test
    void who_may_see_some_accounts_sees_no_value_of_a_row_of_another() {
        var world = billing();
        assertThat(values(world, "change.currency", "plan = 'free'")).containsExactly("USD");
        assertThat(values(world, "change.amount", "plan = 'free'")).containsExactly("8");
        assertThat(values(world, "change.amount", "plan = 'pro'")).containsExactly("30");
    }

    @Test
    void values_are_those_of_the_accounts_of_several_scopes_and_claims() {
        var world = billing();
        var free = new AccessScope(List.of("account.plan = caller.plan"), Map.of("plan", "free"));
        assertThat(seen(world, "change.amount", free)).containsExactly("8");
        var both =
                new AccessScope(
                        List.of("account.plan = caller.plan", "account = 'acme'"),
                        Map.of("plan", "free"));
        assertThat(seen(world, "change.amount", both)).containsExactly("8", "30");
        var unknown = new AccessScope(List.of("account.plan != caller.team"), Map.of());
        for (var dimension : List.of("change.amount", "account", "account.plan")) {
            assertThat(seen(world, dimension, unknown)).isEmpty();
        }
    }

    private List<String> seen(World world, String dimension, AccessScope scope) {
        return listed(world, dimension, new Caller("tester", Role.VIEWER, scope));
    }

    @Test
    void values_of_a_conformed_dimension_are_those_of_all_its_fields_by_one_statement() {
        var world =
                World.world()
                        .entity(accounts().text("plan").integer("seats"))
                        .member(account("acme").with("plan", "pro").with("seats", 9))
                        .member(account("bolt").with("plan", "free").with("seats", 100))
                        .source(
                                source("survey")
                                        .date("day")
                                        .account("customer")
                                        .integer("score")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .conformed("grade", "survey.score", "account.seats")
                        .fact("survey", "2026-01-05", "acme", 7)
                        .fact("survey", "2026-01-06", "acme", 15)
                        .fact("survey", "2026-01-07", "bolt", 9)
                        .fact("survey", "2026-01-08", "bolt", null)
                        .build();

        // As numbers, each once: 7, 15 and 9 of the surveys, 9 and 100 of the accounts.
        assertThat(ofAll(world, null, "", 10)).containsExactly("7", "9", "15", "100");
        assertThat(ofAll(world, null, "", 2)).containsExactly("7", "9");
        assertThat(ofAll(world, null, "1", 10)).containsExactly("15", "100");
        assertThat(ofAll(world, "plan = 'pro'", "", 10)).containsExactly("7", "9", "15");
    }

    private List<String> ofAll(World world, @Nullable String scope, String startsWith, int first) {
        var requests =
                Listings.valueRequests("grade", world.catalog(), new Caller("tester", scope));
        assertThat(requests).hasSize(2).allSatisfy(one -> assertThat(one.problems()).isEmpty());
        var asked = requests.stream().map(one -> new Asked(one.dimension(), one.scope())).toList();
        var dsl = databases.of(world);
        return new JooqDimensionValues(dsl, new RowCounts(dsl)).values(asked, startsWith, first);
    }

    @Test
    void a_formula_of_ones_own_is_no_dimension() {
        assertThat(
                        Listings.values(
                                        "change.subscription.price + 1",
                                        billing().catalog(),
                                        Caller.LOCAL)
                                .problems())
                .extracting(problem -> problem.code().name())
                .containsExactly("UNKNOWN_DIMENSION");
    }
}
