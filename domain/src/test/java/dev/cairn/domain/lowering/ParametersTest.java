package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.catalog.Meanings;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    private static final Parameter GOAL = new Parameter("goal", DataType.INTEGER, "4");
    private static final Parameter KIND = new Parameter("kind", DataType.TEXT, "login");

    private static CatalogBuilder catalog() {
        return shop().metric(
                        "often", "count(event where name = kind and seconds >= goal)", GOAL, KIND);
    }

    private static Question often(ParameterValue... values) {
        return new Question().metric(new MetricReference.ByKey("often"), null, values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    often(gaol: 5)            | UNKNOWN_PARAMETER | 1:13 | 'often' has no parameter 'gaol'. Did you mean 'goal'?
                    events(goal: 5)              | UNKNOWN_PARAMETER | 1:14 | 'events' has no parameters.
                    often(5)                  | UNKNOWN_PARAMETER | 1:7 | 'often' takes its parameters by name: often(goal: ...).
                    often(goal: 'five')       | TYPE_MISMATCH     | 1:13 | The parameter 'goal' of 'often' is a whole number.
                    often(goal: 1.5)          | TYPE_MISMATCH     | 1:13 | The parameter 'goal' of 'often' is a whole number.
                    often(goal: none)         | TYPE_MISMATCH     | 1:13 | The parameter 'goal' of 'often' is a whole number.
                    often(kind: 5)            | TYPE_MISMATCH     | 1:13 | The parameter 'kind' of 'often' is a text.
                    often(goal: 5, goal: 6)   | CONFLICT          | 1:22 | The parameter 'goal' stands here twice.
                    count(event where often(goal: 5) > 1) | LEVEL_MISMATCH | 1:19 | 'often' is a metric, not a value of a row of event.
                    count(ticket) over last open days | UNKNOWN_PARAMETER | 1:25 | No parameter 'open'; units are counted by a whole number or a parameter.
                    max(ticket : opened + solved days) | TYPE_MISMATCH | 1:23 | Units are counted by a whole number; 'solved' is of type instant.
                    max(ticket : opened + open days) | UNKNOWN_FIELD | 1:23 | No field 'open' in 'ticket'. Did you mean 'opened'?
                    let a = 1.5 in max(ticket : opened + a days) | TYPE_MISMATCH | 1:38 | Units are counted by a whole number from 0, of at most 9 digits; 'a' is none.
                    """)
    void wrong_parameter_of_a_formula_is_a_problem_at_its_place(
            String formula, ProblemCode code, String place, String message) {
        var problem = formula(formula).problem(catalog());
        assertThat(Question.brief(problem)).isEqualTo(code + " metrics/0/metric/formula " + place);
        assertThat(problem.message()).isEqualTo(message);
    }

    @Test
    void nearest_parameter_is_suggested() {
        assertThat(formula("often(gaol: 5)").problem(catalog()).suggestions())
                .containsExactly("goal");
    }

    @Test
    void all_wrong_parameters_of_a_question_are_problems_at_their_places() {
        assertThat(
                        often(
                                        new ParameterValue("gaol", "5"),
                                        new ParameterValue("goal", "many"),
                                        new ParameterValue("kind", "any text"),
                                        new ParameterValue("kind", "another"))
                                .problems(catalog()))
                .extracting(Question::brief)
                .containsExactlyInAnyOrder(
                        "UNKNOWN_PARAMETER metrics/0/params/0/name",
                        "TYPE_MISMATCH metrics/0/params/1/value",
                        "CONFLICT metrics/0/params/3/name");
    }

    @Test
    void formula_of_a_question_takes_no_values_beside_it() {
        var question =
                new Question()
                        .metric(
                                new MetricReference.Inline("count(event)"),
                                "n",
                                new ParameterValue("goal", "1"));
        assertThat(Question.brief(question.problem(catalog())))
                .isEqualTo("INCOMPATIBLE metrics/0/params");
    }

    @Test
    void column_shows_the_values() {
        assertThat(often().planned(catalog()).outputs()).hasSize(1);
        assertThat(columns(often())).containsExactly("often: The often (goal: 4, kind: login)");
        assertThat(
                        columns(
                                often(new ParameterValue("kind", "paid"))
                                        .metric(
                                                new MetricReference.ByKey("often"),
                                                null,
                                                new ParameterValue("goal", "-2"))))
                .containsExactly(
                        "often(kind: paid): The often (goal: 4, kind: paid)",
                        "often(goal: -2): The often (goal: -2, kind: login)");
    }

    private static List<String> columns(Question question) {
        return question.ready(catalog()).columns().stream()
                .map((Column column) -> column.key() + ": " + column.label())
                .toList();
    }

    @Test
    void two_values_are_two_outputs_over_two_leaves_and_one_value_is_lowered_once() {
        var plan =
                formula("often(goal: 1)")
                        .and("y", "often(goal: 2)")
                        .and("z", "often(goal: 1)")
                        .planned(catalog());
        var values = plan.outputs().stream().map(output -> output.value()).toList();
        assertThat(values.get(0)).isEqualTo(values.get(2)).isNotEqualTo(values.get(1));
    }

    @Test
    void metric_that_names_itself_with_another_value_is_a_cycle() {
        var catalog = shop().metric("deep", "deep(goal: 3) + goal", GOAL);
        assertThat(ask("deep").problem(catalog).code()).isEqualTo(ProblemCode.CYCLE);
    }

    @Test
    void another_default_or_type_is_another_meaning() {
        var metric = CatalogBuilder.metricOf("m", Level.CELL, null, "count(event) + goal");
        var goal = metric.with(List.of(GOAL));
        assertThat(Meanings.areSame(goal, goal.withFormula("count(event)  +  goal"))).isTrue();
        assertThat(
                        Meanings.areSame(
                                goal,
                                metric.with(List.of(new Parameter("goal", DataType.INTEGER, "5")))))
                .isFalse();
        assertThat(
                        Meanings.areSame(
                                goal,
                                metric.with(List.of(new Parameter("goal", DataType.DECIMAL, "4")))))
                .isFalse();
    }
}
