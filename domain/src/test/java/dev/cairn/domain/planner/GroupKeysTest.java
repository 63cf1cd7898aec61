package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupKeysTest {
    @Test
    void each_relation_reads_the_keys_in_its_own_way() {
        var plan = ask("events", "usage").by("account.plan", "account").planned(shop());
        assertThat(plan.scans())
                .allSatisfy(scan ->
                        assertThat(scan.keys())
                                .extracting(PlanWords::text)
                                .containsExactly("account.plan", "account"));
        assertThat(plan.keys())
                .containsExactly(
                        new GroupKey("account.plan", Type.TEXT, true, true),
                        new GroupKey("account", Type.TEXT, true, true));
    }

    @Test
    void users_are_told_apart_by_an_account_that_is_not_shown() {
        var plan = ask("events").by("user").planned(shop());

        assertThat(plan.keys())
                .containsExactly(
                        new GroupKey("user", Type.TEXT, false, true),
                        new GroupKey("account of user", Type.TEXT, false, false));
        assertThat(ask("events").by("account", "user").planned(shop()).keys())
                .allMatch(GroupKey::shown);
        assertThat(ask("events").by("user.role").planned(shop()).keys()).allMatch(GroupKey::shown);
    }

    @ParameterizedTest
    @CsvSource({
        "event.name, TEXT, false",
        "event.seconds, NUMBER, false",
        "event.beta, BOOLEAN, false",
        "event.happened, TIMESTAMP, false",
        "account.signed, DATE, true",
        "user.role, TEXT, false",
        "user, TEXT, false",
        "user.account.plan, TEXT, true",
        "pilots, BOOLEAN, true",
    })
    void a_key_has_the_type_of_what_it_is_and_knows_whether_it_is_of_the_account(
            String dimension, ValueType type, boolean ofAccount) {
        var ready = ask("events").by(dimension).ready(shop());
        assertThat(ready.columns().getFirst()).extracting(Column::valueType).isEqualTo(type);
        assertThat(ready.plan().keys().getFirst().ofAccount()).isEqualTo(ofAccount);
    }

    @Test
    void a_formula_is_a_key_by_the_name_it_is_given() {
        var ready = ask("nps_score").by("(score >= 9) as promoter").ready(shop());
        assertThat(ready.columns().getFirst().key()).isEqualTo("promoter");
        assertThat(PlanWords.text(ready.plan().scans().getFirst().keys().getFirst()))
                .isEqualTo("score >= 9");
    }

    @Test
    void a_formula_that_never_has_a_value_is_no_key() {
        assertThat(ask("events").by("(none) as x").told(shop()))
                .containsExactly("TYPE_MISMATCH groupBy/0 1:2");
    }

    @Test
    void a_key_that_a_relation_does_not_reach_is_refused_and_the_metric_is_named() {
        var problem = ask("events", "revenue").by("event.name").problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("INCOMPATIBLE groupBy/0 1:1");
        assertThat(problem.message())
                .isEqualTo(
                        "'event.name' does not apply to 'revenue', which reads 'invoice'; leave one of them out.");
    }

    @Test
    void all_metrics_that_read_the_relation_are_named() {
        var catalog = shop().metric("invoices", "count(invoice)");
        assertThat(ask("revenue", "events", "invoices").by("event.name").problem(catalog).message())
                .contains("'invoices', 'revenue'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.role", "user"})
    void facts_of_no_user_cannot_be_grouped_by_users(String dimension) {
        assertThat(ask("revenue").by(dimension).problem(shop()).code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account.plan", "account", "pilots"})
    void facts_of_no_account_cannot_be_grouped_by_accounts(String dimension) {
        assertThat(ask("warmth").by(dimension).problem(shop()).code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @Test
    void accounts_cannot_be_grouped_by_a_field_of_what_is_read_for_each() {
        assertThat(ask("usage").by("event.name").problem(shop()).code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @Test
    void users_can_be_grouped_by_their_account() {
        assertThat(ask("actions").by("account.plan").planned(shop()).keys().getFirst().ofAccount())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "event.name.length", "account.plan.x", "nps_score"})
    void what_is_no_dimension_is_refused(String dimension) {
        assertThat(ask("events").by(dimension).problem(shop()).code())
                .isEqualTo(ProblemCode.UNKNOWN_DIMENSION);
    }

    @Test
    void a_broken_dimension_is_told_where_it_breaks() {
        assertThat(ask("events").by("event.name", "account.").told(shop()))
                .containsExactly("SYNTAX groupBy/1 1:9");
    }

    @Test
    void where_nothing_is_read_there_is_nothing_to_group() {
        assertThat(formula("1 + 1").by("account.plan").told(shop()))
                .containsExactly("INCOMPATIBLE groupBy");
        assertThat(formula("1 + 1").planned(shop()).leaves()).isEmpty();
        assertThat(
                        formula("1 + 1")
                                .and("n", "count(event)")
                                .by("account.plan")
                                .planned(shop())
                                .keys())
                .hasSize(1);
    }
}
