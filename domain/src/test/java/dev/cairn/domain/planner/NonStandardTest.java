package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.CatalogBuilder.catalog;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.catalog.Origin;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Slice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NonStandardTest {
    private static final Origin PACK = new Origin("canon", "3", Map.of());
    private static final String NPS =
            "100 * (share(answer : score >= 9) - share(answer : score <= detractors_to))";

    private static Metric nps(int detractorsTo) {
        return CatalogBuilder.metricOf("nps", Metric.Level.CELL, null, NPS)
                .with(
                        List.of(
                                new Parameter(
                                        "detractors_to",
                                        DataType.INTEGER,
                                        Integer.toString(detractorsTo))));
    }

    private static Slice answers(String where) {
        return new Slice("answer", "answer", "", "survey", where);
    }

    private static Entry ofPack(Definition definition) {
        return new Entry(definition, 1, Map.of(), PACK);
    }

    private static Entry own(Definition definition, Definition standard) {
        return new Entry(definition, 2, Map.of(), PACK.insteadOf(standard));
    }

    private static Entry metric(String name, String formula) {
        return new Entry(
                CatalogBuilder.metricOf(name, Metric.Level.CELL, null, formula), 1, Map.of());
    }

    private static Catalog with(Entry... entries) {
        return catalog()
                .source("survey", "at date, who text -> account, score integer")
                .define(answers("score is not none"))
                .build()
                .with(List.of(entries), Set.of());
    }

    private static List<String> notices(Question question, Catalog catalog) {
        var planned = question.plan(catalog);
        assertThat(planned).isInstanceOf(Planned.Ready.class);
        return ((Planned.Ready) planned)
                .notices().stream()
                        .filter(notice -> notice.code().equals(NonStandard.CODE))
                        .map(Notice::message)
                        .toList();
    }

    private static Question askedWith(String value) {
        return new Question()
                .metric(
                        new MetricReference.ByKey("nps"),
                        null,
                        new ParameterValue("detractors_to", value));
    }

    @Test
    void what_is_as_the_pack_has_it_is_answered_without_a_word() {
        var catalog = with(ofPack(nps(6)));
        assertThat(notices(ask("nps"), catalog)).isEmpty();
        assertThat(notices(askedWith("6"), catalog)).isEmpty();
        assertThat(notices(formula("nps(detractors_to: 6)"), catalog)).isEmpty();
        assertThat(notices(ask("nps"), with(own(nps(6), nps(6))))).isEmpty();
    }

    @Test
    void a_companys_own_bands_are_told_with_the_standard() {
        var catalog = with(own(nps(8), nps(6)), metric("twice", "2 * nps"), metric("one", "1"));
        var told =
                "'nps' is your own and not that of the pack canon 3: detractors_to is 8 instead of 6.";
        assertThat(notices(ask("nps"), catalog)).containsExactly(told);
        assertThat(notices(ask("twice"), catalog)).containsExactly(told);
        assertThat(notices(formula("nps + 1"), catalog)).containsExactly(told);
        assertThat(notices(ask("one"), catalog)).isEmpty();
    }

    @Test
    void a_formula_or_condition_of_ones_own_is_told_with_the_standard() {
        var other = nps(6).withFormula("10 * share(answer : score <= detractors_to)");
        assertThat(notices(ask("nps"), with(own(other, nps(6)))))
                .containsExactly(
                        "'nps' is your own and not that of the pack canon 3: formula is 10 * share(answer : score <= detractors_to) instead of "
                                + NPS
                                + ".");
        var slice = own(answers("score > 0"), answers("score is not none"));
        assertThat(notices(ask("nps"), with(ofPack(nps(6)), slice)))
                .containsExactly(
                        "'answer' is your own and not that of the pack canon 3: where is score > 0 instead of score is not none.");
    }

    @Test
    void the_version_that_a_question_names_is_what_counts() {
        var inForce = with(own(nps(8), nps(6)));
        var older = new Entry(nps(6), 1, Map.of(), PACK);
        var catalog = Catalog.of(1, inForce.entries(), List.of(older));
        assertThat(notices(pinned(1), catalog)).isEmpty();
        assertThat(notices(pinned(2), catalog)).hasSize(1);
    }

    private static Question pinned(int version) {
        return new Question().metric(new MetricReference.Pinned("nps", version), "x");
    }

    @Test
    void a_value_that_a_question_gives_is_told_with_the_standard() {
        var told =
                "'nps' is asked with another value than that of the pack canon 3: detractors_to is 8 instead of 6.";
        var catalog = with(ofPack(nps(6)), metric("mine", "nps(detractors_to: 8)"));
        assertThat(notices(askedWith("8"), catalog)).containsExactly(told);
        assertThat(notices(formula("nps(detractors_to: 8)"), catalog)).containsExactly(told);
        assertThat(notices(ask("mine"), catalog)).containsExactly(told);
        assertThat(notices(formula("mine + 1"), catalog)).containsExactly(told);
    }

    @Test
    void a_value_that_the_pack_itself_gives_is_the_packs() {
        var harsh =
                CatalogBuilder.metricOf("harsh", Metric.Level.CELL, null, "nps(detractors_to: 8)");
        var catalog = with(ofPack(nps(6)), ofPack(harsh));
        assertThat(notices(ask("harsh"), catalog)).isEmpty();
        assertThat(notices(formula("harsh + 1"), catalog)).isEmpty();
    }
}
