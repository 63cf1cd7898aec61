package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.PacksUseCase.Outcome;
import dev.cairn.application.port.in.PacksUseCase.PackState;
import dev.cairn.application.port.in.PacksUseCase.Request;
import dev.cairn.application.port.out.DefinitionFiles.Read;
import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.application.port.out.DefinitionText.Placed;
import dev.cairn.application.port.out.Packs;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PacksServiceTest {
    /** The text of a metric is two lines: its name and its formula. */
    private static final DefinitionText TEXTS =
            new DefinitionText() {
                @Override
                public Read read(String name, String text) {
                    throw new AssertionError("nothing is read");
                }

                @Override
                public String write(SourceProposal proposal) {
                    throw new AssertionError("nothing is proposed");
                }

                @Override
                public String write(Definition definition) {
                    return definition.name() + "\n" + ((Metric) definition).formula() + "\n";
                }
            };

    private final MemoryStore store = new MemoryStore(Catalog.of(1, List.of(), List.of()));
    private final Catalogs catalogs = new Catalogs(store);
    private final DefineService definitions = new DefineService(catalogs, store);

    private static Metric metric(String name, String formula) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                formula,
                null,
                Metric.Direction.NEUTRAL,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    /** One pack, whose metrics may name its setting {@code base} in their formula. */
    private PacksService pack(String version, Metric... metrics) {
        var pack =
                new Packs.Pack(
                        "standard", version, "", List.of(new Packs.Setting("base", "10", "")));
        var packs =
                new Packs() {
                    @Override
                    public List<Pack> all() {
                        return List.of(pack);
                    }

                    @Override
                    public Read read(Pack asked, Map<String, String> settings) {
                        var placed =
                                Arrays.stream(metrics)
                                        .map(metric ->
                                                metric.withFormula(
                                                        metric.formula()
                                                                .replace(
                                                                        "${base}",
                                                                        settings.get("base"))))
                                        .map(metric -> new Placed(metric, Place.of("a.yaml")))
                                        .toList();
                        return new Read(1, placed, List.of(), problem -> problem, _ -> false);
                    }
                };
        return new PacksService(packs, catalogs, definitions, TEXTS);
    }

    private static Request apply() {
        return new Request("standard", Map.of(), Set.of(), false);
    }

    private static List<String> changes(Outcome outcome) {
        return ((Outcome.Applied) outcome)
                .changes().stream()
                        .map(change -> change.action() + " " + change.name() + change.version())
                        .toList();
    }

    private static List<String> lines(Outcome outcome) {
        return ((Outcome.Applied) outcome)
                .differences().stream()
                        .flatMap(one -> one.lines().stream())
                        .map(line -> (line.isNew() ? "+" : "-") + line.text())
                        .toList();
    }

    private List<Problem> problems(Request request) {
        return ((Outcome.Rejected) pack("1", metric("nps", "1")).apply(request)).problems();
    }

    private List<String> own(boolean prune, Metric... metrics) {
        var drafts =
                Arrays.stream(metrics).map(metric -> new Draft(metric, Place.of("own"))).toList();
        var outcome = definitions.define(new DefineUseCase.Request(drafts, prune, false));
        return changes(new Outcome.Applied("", changesOf(outcome), List.of()));
    }

    private static List<DefineUseCase.Change> changesOf(DefineUseCase.Outcome outcome) {
        return new ArrayList<>(((DefineUseCase.Outcome.Applied) outcome).changes());
    }

    private String formula(String name) {
        return catalogs.latest().metric(name).map(Metric::formula).orElse("none");
    }

    private PackState state(PacksService packs) {
        return packs.packs().getFirst();
    }

    @Test
    void a_pack_is_applied_with_its_version_and_settings() {
        var packs = pack("1", metric("nps", "1"), metric("csat", "${base}"));
        assertThat(state(packs).applied()).isNull();

        assertThat(changes(packs.apply(apply()))).containsExactly("ADDED nps1", "ADDED csat1");
        assertThat(formula("csat")).isEqualTo("10");
        assertThat(state(packs))
                .isEqualTo(
                        new PackState(
                                "standard", "1", "", "1", Map.of("base", "10"), 2, List.of()));
        assertThat(changes(packs.apply(apply())))
                .containsExactly("UNCHANGED nps1", "UNCHANGED csat1");
    }

    @Test
    void a_setting_stays_when_a_newer_pack_is_applied() {
        pack("1", metric("csat", "${base}"))
                .apply(new Request("standard", Map.of("base", "7"), Set.of(), false));
        assertThat(formula("csat")).isEqualTo("7");

        var newer = pack("2", metric("csat", "${base} + 1"));
        newer.apply(apply());
        assertThat(formula("csat")).isEqualTo("7 + 1");
        assertThat(state(newer).applied()).isEqualTo("2");
        assertThat(state(newer).settings()).containsEntry("base", "7");
    }

    @Test
    void a_companys_own_definition_stays_whichever_came_first() {
        own(false, metric("nps", "5"));
        var packs = pack("1", metric("nps", "1"), metric("csat", "2"));
        assertThat(changes(packs.apply(apply()))).containsExactly("KEPT nps1", "ADDED csat1");
        assertThat(own(false, metric("csat", "6"))).containsExactly("REVISED csat2");

        var newer = pack("2", metric("nps", "3"), metric("csat", "2"));
        assertThat(changes(newer.apply(apply()))).containsExactly("KEPT nps1", "KEPT csat2");
        assertThat(List.of(formula("nps"), formula("csat"))).containsExactly("5", "6");
        assertThat(state(newer).overridden()).containsExactly("csat", "nps");
        assertThat(catalogs.latest().entry("nps").flatMap(Entry::standard))
                .contains(metric("nps", "3"));
    }

    @Test
    void pruning_leaves_what_a_pack_defines_and_brings_back_what_was_overridden() {
        pack("1", metric("nps", "1"), metric("csat", "2")).apply(apply());
        own(false, metric("nps", "5"), metric("mine", "6"));

        assertThat(own(true, metric("other", "7")))
                .containsExactly("ADDED other1", "REVISED nps3", "RETIRED mine1");
        assertThat(List.of(formula("nps"), formula("csat"))).containsExactly("1", "2");
        assertThat(state(pack("1")).overridden()).isEmpty();
    }

    @Test
    void what_a_newer_pack_has_no_more_is_retired() {
        pack("1", metric("nps", "1"), metric("csat", "2")).apply(apply());
        own(false, metric("mine", "6"));
        assertThat(changes(pack("2", metric("nps", "1")).apply(apply())))
                .containsExactly("UNCHANGED nps1", "RETIRED csat1");
        assertThat(formula("mine")).isEqualTo("6");
    }

    @Test
    void a_pack_is_retired_and_what_is_a_companys_own_stays_as_its_own() {
        var packs = pack("1", metric("nps", "1"), metric("csat", "2"));
        packs.apply(apply());
        own(false, metric("nps", "5"), metric("mine", "nps"));
        var retiring = new Request("standard", Map.of(), Set.of(), true, false);
        assertThat(changes(packs.apply(retiring))).containsExactly("KEPT nps2", "RETIRED csat1");
        assertThat(state(packs).applied()).isNull();
        assertThat(state(packs).overridden()).isEmpty();
        assertThat(catalogs.latest().entry("nps").flatMap(Entry::standard)).isEmpty();
    }

    @Test
    void what_refers_to_a_pack_keeps_it_from_being_retired() {
        var packs = pack("1", metric("csat", "2"));
        packs.apply(apply());
        own(false, metric("mine", "csat"));
        var retiring = new Request("standard", Map.of(), Set.of(), true, false);
        assertThat(((Outcome.Rejected) packs.apply(retiring)).problems())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.IN_USE);
    }

    @Test
    void a_name_is_restored_to_what_the_pack_says() {
        var packs = pack("1", metric("nps", "1"));
        packs.apply(apply());
        own(false, metric("nps", "5"));
        var restoring = new Request("standard", Map.of(), Set.of("nps"), false);
        assertThat(changes(packs.apply(restoring))).containsExactly("REVISED nps3");
        assertThat(formula("nps")).isEqualTo("1");
    }

    @Test
    void a_rehearsal_shows_old_and_new_lines_and_changes_nothing() {
        pack("1", metric("nps", "1"), metric("csat", "2")).apply(apply());
        own(false, metric("csat", "5"));
        var newer = pack("2", metric("nps", "3"), metric("csat", "2"), metric("ces", "4"));
        var rehearsed = newer.apply(new Request("standard", Map.of(), Set.of(), true));
        assertThat(changes(rehearsed)).containsExactly("REVISED nps2", "KEPT csat2", "ADDED ces1");
        assertThat(lines(rehearsed)).containsExactly("-1", "+3", "-5", "+2");
        assertThat(formula("nps")).isEqualTo("1");
    }

    @Test
    void an_unknown_pack_setting_or_name_is_told_with_the_nearest() {
        assertThat(problems(new Request("standart", Map.of(), Set.of(), false)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.BAD_VALUE);
                    assertThat(problem.suggestions()).containsExactly("standard");
                });
        assertThat(problems(new Request("standard", Map.of("bas", "1"), Set.of("npss"), false)))
                .extracting(Problem::suggestions)
                .containsExactly(List.of("base"), List.of("nps"));
        assertThat(problems(new Request("standard", Map.of("base", "'x'"), Set.of(), false)))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.BAD_VALUE);
    }
}
