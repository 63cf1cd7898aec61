package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessScopesTest {
    private static DefinitionChecker.Checked checked(String where) {
        var scope = new Scope("emea", "EMEA", "", "ann", where);
        var catalog = shop().define(scope).build();
        return DefinitionChecker.check(catalog, new Entry(scope, 1, Map.of()), Place.of("emea"));
    }

    private static List<Problem> problems(String where) {
        return checked(where).problems();
    }

    @Test
    void a_scope_is_of_attributes_lists_and_claims() {
        assertThat(problems("account.region = 'EMEA' or account.region = caller.region")).isEmpty();
        assertThat(problems("account in pilots and account.seats >= 100")).isEmpty();
        assertThat(checked("account in pilots").references()).containsExactly("pilots");
        assertThat(problems("account = caller.account")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account.region = | SYNTAX emea/where 1:17",
                "event.name = 'x' | UNKNOWN_FIELD emea/where 1:1",
                "exists(event) | LEVEL_MISMATCH emea/where 1:1",
                "events > 3 | LEVEL_MISMATCH emea/where 1:1",
                "account.regon = 'x' | UNKNOWN_FIELD emea/where 1:1",
                "account in pilot | UNKNOWN_COHORT emea/where 1:1",
                "account.region as of start = 'x' | LEVEL_MISMATCH emea/where 1:1",
                "account.region | TYPE_MISMATCH emea/where 1:1",
                "account.seats = caller.seats | TYPE_MISMATCH emea/where 1:1",
                "user.role = 'x' | UNKNOWN_FIELD emea/where 1:1",
                "region = 'x' | AMBIGUOUS_NAME emea/where"
            })
    void what_else_it_reads_is_refused_with_its_place(String where, String told) {
        assertThat(problems(where)).extracting(Question::brief).containsExactly(told);
    }

    @Test
    void what_is_near_is_told() {
        assertThat(problems("account.regon = 'x'").getFirst().suggestions())
                .containsExactly("region");
        assertThat(problems("region = 'x'").getFirst().suggestions())
                .containsExactly("account.region");
    }

    @Test
    void a_scope_is_no_value_of_a_formula() {
        var catalog = shop().define(new Scope("emea", "EMEA", "", null, "account.region = 'EMEA'"));
        assertThat(Question.formula("emea + 1").told(catalog))
                .containsExactly("LEVEL_MISMATCH metrics/0/metric/formula 1:1");
        assertThat(Question.formula("count(emea)").problems(catalog)).hasSize(1);
        assertThat(Question.formula("count(account where account in emea)").problems(catalog))
                .hasSize(1);
    }
}
