package dev.cairn.adapters.persistence.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.catalog.Origin;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionJsonTest {
    static List<Class<?>> kinds() {
        return List.of(Definition.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_definition_of_every_kind_is_read_as_it_was_written(Class<? extends Definition> kind) {
        for (long seed = 0; seed < 500; seed++) {
            var random = new RandomRecords(seed);
            var entry = new Entry(random.any(kind), 3, random.bindings());

            assertThat(
                            DefinitionJson.read(
                                    DefinitionJson.write(entry.definition(), entry.bindings()), 3))
                    .as("seed %d", seed)
                    .isEqualTo(entry);
        }
    }

    /** What is stored today must be readable for ever: mend the code, or change what is stored, before touching these texts. */
    @Test
    void what_earlier_releases_stored_is_still_read() {
        assertThat(
                        DefinitionJson.read(
                                """
                                {"definition":{"kind":"source","name":"survey","label":"Survey","description":"d","timeField":"answered_on",\
                                "zone":"Europe/London","coverageFrom":"2015-01-01","coverageUntil":null,"accountField":"customer","userField":null,\
                                "key":["id"],"fields":[{"name":"score","label":"Score","type":"INTEGER","currency":null,"compute":null,\
                                "missing":["11","Blank"],"min":0,"max":10.50}]},"bindings":{"survey/score":"FIELD","survey/goal":"CATALOG"}}\
                                """,
                                2))
                .isEqualTo(
                        new Entry(
                                new Source(
                                        "survey",
                                        "Survey",
                                        "d",
                                        "answered_on",
                                        ZoneId.of("Europe/London"),
                                        LocalDate.parse("2015-01-01"),
                                        null,
                                        "customer",
                                        null,
                                        List.of("id"),
                                        List.of(
                                                new Field(
                                                        "score",
                                                        "Score",
                                                        DataType.INTEGER,
                                                        null,
                                                        null,
                                                        List.of("11", "Blank"),
                                                        BigDecimal.ZERO,
                                                        new BigDecimal("10.50")))),
                                2,
                                Map.of(
                                        "survey/score",
                                        Binding.FIELD,
                                        "survey/goal",
                                        Binding.CATALOG)));
        assertThat(
                        read(
                                """
                                {"kind":"source","name":"term","label":"Term","description":"","timeField":null,"zone":"UTC","coverageFrom":null,\
                                "coverageUntil":null,"accountField":null,"userField":null,"key":[],"fields":[],"notation":null,"where":null,\
                                "validity":{"from":"since","until":"until"}}\
                                """))
                .extracting("timeField", "validity")
                .containsExactly(null, new Validity("since", "until"));
        assertThat(
                        read(
                                """
                                {"kind":"source","name":"reply","label":"","description":"","timeField":"at","zone":"UTC","coverageFrom":null,\
                                "coverageUntil":null,"accountField":"customer","userField":"author","key":[],"fields":[],"notation":null,"where":null,\
                                "validity":null,"links":[{"name":"ticket","source":"ticket","fields":["no"]}],"accountVia":null,"rates":null}\
                                """))
                .extracting("links")
                .isEqualTo(
                        List.of(
                                new Link("account", EntityRef.ACCOUNT, "customer"),
                                new Link("user", EntityRef.USER, "author"),
                                new Link("ticket", "ticket", List.of("no"))));
        assertThat(
                        read(
                                """
                                {"kind":"entity","entity":"ACCOUNT","label":"Account","description":"","keyColumn":"account_key","attributes":\
                                [{"field":{"name":"plan","label":"plan","type":"TEXT","currency":null,"compute":null,"missing":[],"min":null,"max":null},\
                                "mark":"NONE"}]}\
                                """))
                .isEqualTo(
                        new Entity(
                                EntityRef.ACCOUNT,
                                "Account",
                                "",
                                "account_key",
                                List.of(
                                        new Entity.Attribute(
                                                Field.of("plan", DataType.TEXT),
                                                Entity.Mark.NONE))));
        assertThat(
                        read(
                                """
                                {"kind":"entity","entity":"ACCOUNT","label":"","description":"","keyColumn":"k","attributes":[],"notation":null,\
                                "history":{"by":"intervals","from":"a","until":"b"}}\
                                """))
                .extracting("history")
                .isEqualTo(new History.Intervals("a", "b"));
        assertThat(
                        read(
                                """
                                {"kind":"alert","name":"red","label":"Red","description":"","owner":null,"question":"who","when":"MISSED","provisional":true}\
                                """))
                .isEqualTo(
                        new Alert(
                                "red",
                                "Red",
                                "",
                                null,
                                new Alert.Watched.Groups("who", Alert.When.MISSED, true)));
        assertThat(
                        read(
                                """
                                {"kind":"slice","name":"nps","label":"NPS","description":"","of":"survey","where":"score is not none"}\
                                """))
                .isEqualTo(new Slice("nps", "NPS", "", "survey", "score is not none"));
        assertThat(
                        read(
                                """
                                {"kind":"metric","name":"logins","label":"Logins","description":"","level":"ACCOUNT","rollUp":"AVG","formula":"count(event)",\
                                "unit":"COUNT","direction":"HIGHER","domain":null,"owner":"ann","counter":null,"emptyIsNone":true,"status":"DRAFT"}\
                                """))
                .isEqualTo(
                        new Metric(
                                "logins",
                                "Logins",
                                "",
                                Metric.Level.ACCOUNT,
                                Metric.RollUp.AVG,
                                "count(event)",
                                Metric.MetricUnit.COUNT,
                                Metric.Direction.HIGHER,
                                null,
                                "ann",
                                null,
                                true,
                                Metric.Status.DRAFT));
        assertThat(
                        read(
                                """
                                {"kind":"cohort","name":"c","label":"C","description":"","members":{"by":"rule","formula":"account.plan = 'pro'"}}\
                                """))
                .isEqualTo(
                        new Cohort("c", "C", "", new Cohort.Members.Rule("account.plan = 'pro'")));
        assertThat(
                        read(
                                """
                                {"kind":"cohort","name":"c","label":"C","description":"","members":{"by":"accounts","keys":["a-17"]}}\
                                """))
                .isEqualTo(new Cohort("c", "C", "", new Cohort.Members.Accounts(List.of("a-17"))));
    }

    /** Before a source could do without facts. */
    @Test
    void what_earlier_releases_expected_of_a_source_is_still_read() {
        assertThat(
                        read(
                                """
                                {"kind":"source","name":"term","label":"Term","description":"","timeField":null,"zone":"UTC","coverageFrom":null,\
                                "coverageUntil":null,"accountField":null,"userField":null,"key":[],"fields":[],"notation":null,"where":null,\
                                "expectations":{"cadence":null,"freshDays":null,"fields":[],"unique":["id"],"orphans":null,"volume":true,\
                                "controls":[],"broken":[],"volumeBy":null}}\
                                """))
                .extracting("expectations")
                .extracting("unique", "volume", "optional")
                .containsExactly(List.of("id"), true, false);
    }

    @Test
    void fields_of_a_conformed_dimension_are_stored() {
        var channel = new ConformedDimension("c", "C", "", List.of("event.kind", "deal.kind"));
        assertThat(DefinitionJson.read(DefinitionJson.write(channel, Map.of()), 1).definition())
                .isEqualTo(channel);
    }

    @Test
    void a_scope_is_stored() {
        var scope = new Scope("own", "Own", "", null, "account.csm = caller.email");
        var entry = new Entry(scope, 1, Map.of());
        assertThat(DefinitionJson.read(DefinitionJson.write(entry), 1)).isEqualTo(entry);
        assertThat(
                        DefinitionJson.read(
                                        """
                                        {"definition":{"kind":"scope","name":"own","label":"Own","description":"","owner":null,\
                                        "where":"account.csm = caller.email"},"bindings":{}}\
                                        """,
                                        1)
                                .definition())
                .isEqualTo(scope);
    }

    @Test
    void a_success_is_stored() {
        for (var window :
                new Success.Window[] {
                    new Success.Window.Dates(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 7, 1)),
                    new Success.Window.Days("started_on", 0, 90),
                    null
                }) {
            var success = new Success("s", "S", "", "cs", "seats > 5", window, "seats");
            assertThat(DefinitionJson.read(DefinitionJson.write(success, Map.of()), 1).definition())
                    .isEqualTo(success);
        }
        assertThat(
                        read(
                                """
                                {"kind":"success","name":"s","label":"S","description":"","owner":null,"rule":"seats > 5",\
                                "window":{"by":"days","after":"started_on","from":0,"until":90},"size":null}\
                                """))
                .isEqualTo(
                        new Success(
                                "s",
                                "S",
                                "",
                                null,
                                "seats > 5",
                                new Success.Window.Days("started_on", 0, 90),
                                null));
    }

    @Test
    void a_baseline_is_stored() {
        var baseline =
                new Baseline(
                        "b",
                        "B",
                        "",
                        "nps",
                        2,
                        new BigDecimal("-31.250"),
                        400L,
                        new BigDecimal("2.5"),
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2026, 4, 1),
                        ZoneId.of("Europe/Paris"),
                        List.of(new Target.ScopeKey("account.plan", "pro")),
                        true,
                        Instant.parse("2026-06-01T10:00:00.123456Z"),
                        null);
        assertThat(DefinitionJson.read(DefinitionJson.write(baseline, Map.of()), 1).definition())
                .isEqualTo(baseline);
        assertThat(
                        read(
                                """
                                {"kind":"baseline","name":"b","label":"B","description":"","metric":"nps","metricVersion":2,"value":-31.250,"sampleSize":400,\
                                "standardError":2.5,"from":"2026-01-01","until":"2026-04-01","zone":"Europe/Paris",\
                                "scope":[{"dimension":"account.plan","value":"pro"}],"level":true,"kept":"2026-06-01T10:00:00.123456Z","asOf":null}\
                                """))
                .isEqualTo(baseline);
    }

    @Test
    void a_target_is_stored() {
        var target =
                new Target(
                        "t",
                        "T",
                        "",
                        "nps",
                        new Target.Goal.Reach(new BigDecimal("40.0")),
                        LocalDate.of(2026, 1, 1),
                        null,
                        List.of(new Target.ScopeKey("account.plan", "pro")),
                        Target.Holds.AMOUNT,
                        Grain.MONTH,
                        new BigDecimal("1e2"),
                        Target.NEAR);
        assertThat(DefinitionJson.read(DefinitionJson.write(target, Map.of()), 1).definition())
                .isEqualTo(target);
        assertThat(
                        read(
                                """
                                {"kind":"target","name":"t","label":"T","description":"","metric":"nps","goal":{"by":"between","least":1,"most":2.50},\
                                "from":"2026-01-01","until":"2026-02-01","scope":[{"dimension":"account.plan","value":"pro"}],\
                                "holds":"LEVEL","each":null,"baseline":null,"near":0.9}\
                                """))
                .isEqualTo(
                        new Target(
                                "t",
                                "T",
                                "",
                                "nps",
                                new Target.Goal.Between(BigDecimal.ONE, new BigDecimal("2.50")),
                                LocalDate.of(2026, 1, 1),
                                LocalDate.of(2026, 2, 1),
                                List.of(new Target.ScopeKey("account.plan", "pro")),
                                Target.Holds.LEVEL,
                                null,
                                null,
                                Target.NEAR));
    }

    @Test
    void parameters_of_a_metric_are_stored() {
        var metric =
                new Metric(
                        "m",
                        "M",
                        "",
                        Metric.Level.CELL,
                        null,
                        "goal",
                        null,
                        Metric.Direction.NEUTRAL,
                        null,
                        null,
                        null,
                        false,
                        Metric.Status.PUBLISHED,
                        List.of(new Parameter("goal", DataType.INTEGER, "4")),
                        new Metric.Sample(30, Metric.Cluster.ACCOUNT),
                        null,
                        MetricNotes.NONE);
        String stored = DefinitionJson.write(metric, Map.of());
        assertThat(stored)
                .contains(
                        "\"parameters\":[{\"name\":\"goal\",\"type\":\"INTEGER\",\"defaultValue\":\"4\"}]");
        assertThat(DefinitionJson.read(stored, 1).definition()).isEqualTo(metric);
    }

    @Test
    void where_a_definition_comes_from_is_stored() {
        var random = new RandomRecords(7);
        var pack = new Origin("standard", "2", Map.of("currency", "EUR"));
        var own = pack.insteadOf(random.any(Slice.class));
        for (var origin : List.of(pack, own)) {
            var entry = new Entry(random.any(Metric.class), 3, Map.of(), origin);
            assertThat(DefinitionJson.read(DefinitionJson.write(entry), 3)).isEqualTo(entry);
        }
        assertThat(DefinitionJson.write(random.any(Slice.class), Map.of()))
                .doesNotContain("\"origin\"");
    }

    private static Definition read(String definition) {
        return DefinitionJson.read("{\"definition\":" + definition + ",\"bindings\":{}}", 1)
                .definition();
    }

    @Test
    void what_a_later_release_stored_is_not_read_half() {
        assertThatThrownBy(() ->
                        read(
                                """
                                {"kind":"slice","name":"nps","label":"NPS","description":"","of":"survey","where":"true","limit":3}\
                                """))
                .hasMessageContaining("limit");
    }
}
