package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code caller.x}, and several scopes at once. */
class AccessRuleTest {
    private static final String NOT_TEST = "not (account.internal is true)";
    private static final String NOTHING =
            "(" + NOT_TEST + " and (not (account is none) and false))";
    private static final Map<String, String> EMEA = Map.of("region", "EMEA");

    private static String seen(Map<String, String> claims, String... scopes) {
        return condition(ask("events").scopedTo(claims, scopes));
    }

    private static String condition(Question question) {
        return PlanWords.text(question.planned(shop()).scans().getFirst().where());
    }

    @Test
    void a_claim_is_a_text_that_is_known_of_the_caller() {
        assertThat(seen(EMEA, "account.region = caller.region"))
                .isEqualTo("(" + NOT_TEST + " and account.region = 'EMEA')");
        assertThat(seen(Map.of("region", "x' or true or 'y"), "account.region = caller.region"))
                .isEqualTo("(" + NOT_TEST + " and account.region = 'x'' or true or ''y')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account.region = caller.email",
                "not (account.region = caller.email)",
                "account.region != caller.email",
                "account.plan = 'pro' or account.region = caller.email",
                "account.region is not caller.email",
                "starts(account.region, caller.email)",
                "account.plan = 'pro' or not coalesce(account.region = caller.email, true)",
                "let mine = caller.email in account.plan = 'pro' or account.region != mine",
                "case when account.plan = 'pro' then true else caller.email = 'x' end"
            })
    void what_reads_a_claim_that_is_not_there_lets_no_account_through(String scope) {
        assertThat(seen(EMEA, scope)).isEqualTo(NOTHING);
        assertThat(seen(Map.of("email", " "), scope)).isEqualTo(NOTHING);
        assertThat(seen(Map.of("email", "a\0b"), scope)).isEqualTo(NOTHING);
        assertThat(seen(Map.of("email", "ann@x"), scope)).doesNotContain("false)");
    }

    @Test
    void several_scopes_are_the_accounts_of_each() {
        assertThat(
                        seen(
                                EMEA,
                                "account.plan = 'pro' or account.seats > 5",
                                "account.region = caller.region"))
                .isEqualTo(
                        "("
                                + NOT_TEST
                                + " and ((account.plan = 'pro' or account.seats > 5) or account.region = 'EMEA'))");
        assertThat(seen(EMEA, "account.plan = 'pro'", "account.region != caller.email"))
                .isEqualTo("(" + NOT_TEST + " and account.plan = 'pro')");
    }

    @Test
    void a_text_that_would_close_another_is_refused() {
        assertThat(ask("events").scopedTo(EMEA, "account.plan = 'pro') or (true").told(shop()))
                .containsExactly("SYNTAX scope 1:21");
    }

    @Test
    void no_scope_is_no_account() {
        assertThat(seen(EMEA)).isEqualTo(NOTHING);
    }

    @Test
    void a_scope_that_cannot_be_read_refuses_all_whatever_the_others_say() {
        assertThat(
                        ask("events")
                                .scopedTo(EMEA, "account.plan = 'pro'", "account.gone = 'x'")
                                .told(shop()))
                .containsExactly("UNKNOWN_FIELD scope 1:1");
        assertThat(ask("events").scopedTo(EMEA, "account.gone = caller.email").told(shop()))
                .containsExactly("UNKNOWN_FIELD scope 1:1");
    }

    @Test
    void a_claim_is_a_text_and_no_pattern() {
        assertThat(ask("events").scopedTo(EMEA, "account.seats > caller.region").told(shop()))
                .containsExactly("TYPE_MISMATCH scope 1:1");
        assertThat(
                        ask("events")
                                .scopedTo(EMEA, "matches(account.plan, caller.region)")
                                .told(shop()))
                .containsExactly("TYPE_MISMATCH scope 1:1");
        assertThat(
                        ask("events")
                                .scopedTo(EMEA, "let p = caller.region in matches(account.plan, p)")
                                .told(shop()))
                .containsExactly("TYPE_MISMATCH scope 1:26");
    }

    @Test
    void a_claim_is_one_name() {
        assertThat(ask("events").scopedTo(EMEA, "account.region = caller").told(shop()))
                .containsExactly("UNKNOWN_FIELD scope 1:18");
        assertThat(ask("events").scopedTo(EMEA, "account.region = caller.region.x").told(shop()))
                .containsExactly("UNKNOWN_FIELD scope 1:18");
    }

    @Test
    void elsewhere_a_claim_is_refused_with_what_to_do() {
        var asked =
                ask("events")
                        .scopedTo(EMEA, "account.region = caller.region")
                        .where("account.region = caller.region");
        assertThat(asked.problems(shop()))
                .extracting(Problem::message)
                .containsExactly(
                        "'caller.region' is a claim of whoever asks, and stands in access scopes alone: an answer says the same to all who may see it. Put the condition into a scope (scope: ..., where: account.csm = caller.email), or write the value itself.");
        assertThat(formula("count(event where customer = caller.id)").told(shop()))
                .containsExactly("LEVEL_MISMATCH metrics/0/metric/formula 1:30");
        assertThat(formula("count(account where account.region = caller.region)").told(shop()))
                .containsExactly("LEVEL_MISMATCH metrics/0/metric/formula 1:38");
        assertThat(ask("events").by("caller.region").told(shop()))
                .containsExactly("LEVEL_MISMATCH groupBy/0 1:1");
    }

    @Test
    void the_rule_of_a_cohort_reads_no_claim_even_beneath_a_scope() {
        var catalog = shop().rule("own", "account.region = caller.region");
        assertThat(ask("events").scopedTo(EMEA, "account in own").told(catalog))
                .containsExactly("LEVEL_MISMATCH scope 1:1");
    }

    @Test
    void a_company_may_have_a_field_of_the_name() {
        var catalog =
                CatalogBuilder.catalog()
                        .account("plan text")
                        .source("call", "at timestamp, customer text -> account, caller text");
        assertThat(formula("count(call where caller = 'x')").planned(catalog)).isNotNull();
        assertThat(
                        PlanWords.text(
                                formula("count(call)")
                                        .scopedTo(EMEA, "account.plan = caller.region")
                                        .planned(catalog)
                                        .scans()
                                        .getFirst()
                                        .where()))
                .isEqualTo("account.plan = 'EMEA'");
    }
}
