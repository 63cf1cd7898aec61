package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionsTest {
    private static List<String> of(String metric, CatalogBuilder catalog) {
        return Dimensions.of(metric, new ResolvedMetrics(catalog.build())).stream()
                .map(Dimension::key)
                .toList();
    }

    private static final String[] OF_ACCOUNT = {
        "account",
        "account.plan",
        "account.region",
        "account.seats",
        "account.signed",
        "account.internal",
        "big",
        "pilots",
    };

    @Test
    void a_metric_is_grouped_by_what_its_relation_reaches() {
        assertThat(of("revenue", shop()))
                .contains("invoice.amount", "invoice.paid")
                .contains(OF_ACCOUNT)
                .doesNotContain("user", "user.role", "event.name");
        assertThat(of("events", shop())).contains("event.name", "user", "user.role");
        assertThat(of("warmth", shop()))
                .containsExactly("weather.day_of", "weather.city", "weather.degrees");
    }

    @Test
    void a_metric_of_members_is_grouped_by_their_attributes() {
        assertThat(of("usage", shop())).containsExactlyInAnyOrder(OF_ACCOUNT);
        assertThat(of("actions", shop()))
                .contains(OF_ACCOUNT)
                .contains("user", "user.role")
                .doesNotContain("event.name");
    }

    @Test
    void a_metric_over_two_sources_is_grouped_by_what_both_reach() {
        assertThat(of("ratio", shop().metric("ratio", "count(event) / count(ticket)")))
                .containsExactlyInAnyOrder(OF_ACCOUNT);
        assertThat(of("ratio", shop().metric("ratio", "count(event) / count(weather)"))).isEmpty();
    }

    @Test
    void what_a_metric_is_said_to_be_grouped_by_it_can_be_grouped_by() {
        for (String metric :
                List.of("events", "revenue", "warmth", "usage", "actions", "nps_score")) {
            for (String dimension : of(metric, shop())) {
                assertThat(Question.ask(metric).by(dimension).planned(shop()).keys())
                        .filteredOn(GroupKey::shown)
                        .extracting(GroupKey::column)
                        .containsExactly(dimension);
            }
        }
    }

    @Test
    void a_dimension_has_a_type() {
        assertThat(Dimensions.of("events", new ResolvedMetrics(shop().build())))
                .contains(
                        new Dimension("event.seconds", "seconds", ValueType.NUMBER),
                        new Dimension("account", "account", ValueType.TEXT),
                        new Dimension("account.signed", "signed", ValueType.DATE),
                        new Dimension("pilots", "pilots", ValueType.BOOLEAN));
    }

    @Test
    void an_unknown_metric_has_none() {
        assertThat(of("evnts", shop())).isEmpty();
        assertThat(of("one", shop().metric("one", "1"))).isEmpty();
    }

    // ---- values

    @ParameterizedTest
    @CsvSource({
        "event.name, name", "account.plan, account.plan", "plan, account.plan", "name, name",
                "account, account",
        "user, user", "user.role, user.role", "user.account.plan, account.plan", "nps.kind, kind",
                "city, city",
    })
    void the_values_of_a_dimension_are_read_from_its_column(String dimension, String column) {
        var request = Listings.values(dimension, shop().build(), Caller.LOCAL);
        assertThat(request.problems()).isEmpty();
        assertThat(PlanWords.text(request.dimension())).isEqualTo(column);
        assertThat(request.scope()).isEqualTo(Expr.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event.nam", "evnt.name", "nothing", "events", "account.plan.x", "nps.kin"})
    void what_is_no_dimension_has_no_values(String dimension) {
        assertThat(Listings.values(dimension, shop().build(), Caller.LOCAL).problems())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.UNKNOWN_DIMENSION);
    }

    @Test
    void a_formula_is_no_dimension_with_values() {
        assertThat(Listings.values("event.name = 'x'", shop().build(), Caller.LOCAL).problems())
                .extracting(Problem::code, Problem::message)
                .containsExactly(
                        tuple(
                                ProblemCode.UNKNOWN_DIMENSION,
                                "'event.name = 'x'' is no dimension."));
    }

    @Test
    void a_bare_name_with_two_readings_asks() {
        var problems = Listings.values("customer", shop().build(), Caller.LOCAL).problems();
        assertThat(problems).extracting(Problem::code).containsExactly(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problems.getFirst().suggestions()).contains("event.customer", "ticket.customer");
    }

    @Test
    void values_are_those_that_the_caller_may_see() {
        var caller = new Caller("x", "plan = 'pro'");
        assertThat(PlanWords.text(Listings.values("event.name", shop().build(), caller).scope()))
                .isEqualTo("account.plan = 'pro'");
        assertThat(PlanWords.text(Listings.values("weather.city", shop().build(), caller).scope()))
                .isEqualTo("false");
    }

    // ---- accounts

    @Test
    void accounts_are_listed_within_scope_and_filter() {
        var problems = new Problems();
        var where =
                Listings.accountFilter(
                        Question.where("plan", Operator.IN, "pro"),
                        shop().build(),
                        new Caller("x", "region = 'eu'"),
                        problems);
        assertThat(problems.all()).isEmpty();
        assertThat(PlanWords.text(where))
                .isEqualTo("(account.region = 'eu' and account.plan in ('pro'))");
        assertThat(Listings.accountFilter(null, shop().build(), Caller.LOCAL, problems))
                .isEqualTo(Expr.TRUE);
    }

    @Test
    void a_field_of_a_source_does_not_make_an_attribute_ambiguous() {
        var problems = new Problems();
        var catalog = shop().account("plan text, name text").build();
        var where =
                Listings.accountFilter(
                        Question.where("name", Operator.IN, "x"), catalog, Caller.LOCAL, problems);
        assertThat(problems.all()).isEmpty();
        assertThat(PlanWords.text(where)).isEqualTo("account.name in ('x')");
    }

    @Test
    void accounts_are_not_filtered_by_facts() {
        var problems = new Problems();
        Listings.accountFilter(
                Question.where("event.name", Operator.IN, "x"),
                shop().build(),
                Caller.LOCAL,
                problems);
        assertThat(problems.all())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.INCOMPATIBLE);
        assertThat(problems.all().getFirst().message()).contains("'accounts'");
    }

    @Test
    void a_dimension_is_found_by_its_full_name() {
        var catalog = shop().build();
        assertThat(Dimensions.find("event.name", catalog)).isPresent();
        assertThat(Dimensions.find("user.role", catalog)).isPresent();
        assertThat(Dimensions.find("pilots", catalog)).isPresent();
        assertThat(Dimensions.find("event.nam", catalog)).isEmpty();
    }
}
