package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.BrowseCatalogUseCase.Values;
import dev.cairn.application.port.out.DimensionValues;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowseCatalogServiceTest {
    private static final Source SURVEY =
            new Source(
                    "survey",
                    "Survey",
                    "",
                    "day",
                    ZoneOffset.UTC,
                    null,
                    null,
                    "customer",
                    null,
                    List.of(),
                    List.of(
                            Field.of("day", DataType.DATE),
                            Field.of("customer", DataType.TEXT),
                            Field.of("score", DataType.INTEGER)));
    private static final Metric ANSWERS =
            new Metric(
                    "answers",
                    "Answers",
                    "",
                    Metric.Level.CELL,
                    null,
                    "count(survey)",
                    null,
                    Metric.Direction.NEUTRAL,
                    null,
                    null,
                    null,
                    false,
                    Metric.Status.PUBLISHED);
    private static final long LARGE_FROM = 1_000;
    static final Workers WORKERS =
            new Workers(threads("planning"), threads("small"), threads("large"), LARGE_FROM);

    private static ExecutorService threads(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    private static final Cohort PARTNERS =
            new Cohort("partners", "Partners", "", new Cohort.Members.Accounts(List.of("a-1")));

    private final BrowseCatalogService service =
            new BrowseCatalogService(
                    new Catalogs(new MemoryStore(catalog(SURVEY, ANSWERS, PARTNERS))),
                    (_, startsWith, first) -> List.of(startsWith + first),
                    WORKERS);

    @Test
    void a_dimension_is_found_by_its_full_name() {
        assertThat(service.dimension("survey.score"))
                .contains(new Dimension("survey.score", "score", ValueType.NUMBER));
        assertThat(service.dimension("account")).isPresent();
        assertThat(service.dimension("user")).isPresent();
        assertThat(service.dimension("partners"))
                .contains(new Dimension("partners", "Partners", ValueType.BOOLEAN));
    }

    @ParameterizedTest
    @CsvSource({"999, small", "1000, large"})
    void values_that_many_rows_are_read_for_wait_with_large_questions(long rows, String lane) {
        var values =
                new DimensionValues() {
                    @Override
                    public List<String> values(List<Asked> asked, String startsWith, int first) {
                        return List.of(Thread.currentThread().getName());
                    }

                    @Override
                    public long cost(Expr dimension) {
                        return rows;
                    }
                };
        var catalogs = new Catalogs(new MemoryStore(catalog(SURVEY)));

        assertThat(
                        new BrowseCatalogService(catalogs, values, WORKERS)
                                .values("survey.score", "", 5, Caller.LOCAL))
                .isEqualTo(new Values.Found(List.of(lane)));
    }

    @Test
    void what_is_no_dimension_is_not_found() {
        for (var name : List.of("", "survey", "survey.scor", "answers", "'; drop table x; --")) {
            assertThat(service.dimension(name)).isEmpty();
        }
    }

    @Test
    void every_dimension_of_a_metric_is_found_by_its_name() {
        var dimensions = service.dimensions(List.of("answers")).getOrDefault("answers", List.of());

        assertThat(dimensions)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(service.dimension(one.key())).contains(one));
    }

    @Test
    void a_metric_that_is_not_known_has_no_entry() {
        assertThat(service.dimensions(List.of("answers", "unknown"))).containsOnlyKeys("answers");
    }

    @Test
    void values_are_those_of_the_facts() {
        assertThat(service.values("survey.score", "1", 5, Caller.LOCAL))
                .isEqualTo(new Values.Found(List.of("15")));
    }

    @Test
    void values_of_a_conformed_dimension_are_those_of_all_its_fields() {
        var conformed =
                new ConformedDimension(
                        "grade", "grade", "", List.of("survey.score", "account.seats"));
        var seats = new Entity.Attribute(Field.of("seats", DataType.INTEGER), Entity.Mark.NONE);
        var accounts = Catalog.empty().entity(EntityRef.ACCOUNT).with(List.of(seats));
        DimensionValues values =
                (asked, _, _) ->
                        asked.stream()
                                .map(one -> one.dimension() instanceof Expr.Attribute)
                                .map(isAttribute -> isAttribute ? "seats" : "score")
                                .toList();
        var browsing =
                new BrowseCatalogService(
                        new Catalogs(new MemoryStore(catalog(SURVEY, accounts, conformed))),
                        values,
                        WORKERS);
        assertThat(browsing.values("grade", "", 4, Caller.LOCAL))
                .as("asked for at once")
                .isEqualTo(new Values.Found(List.of("score", "seats")));
        assertThat(browsing.dimension("grade")).isPresent();
    }

    @Test
    void an_account_is_in_a_cohort_or_not() {
        assertThat(service.values("partners", "", 20, Caller.LOCAL))
                .isEqualTo(new Values.Found(List.of("false", "true")));
        assertThat(service.values("partners", "t", 20, Caller.LOCAL))
                .isEqualTo(new Values.Found(List.of("true")));
        assertThat(service.values("partners", "", 1, Caller.LOCAL))
                .isEqualTo(new Values.Found(List.of("false")));
    }

    private static Catalog catalog(Definition... definitions) {
        return Catalog.of(
                1,
                Stream.of(definitions).map(one -> new Entry(one, 1, Map.of())).toList(),
                List.of());
    }

    @Test
    void a_metric_is_looked_into_once_for_each_catalogue() {
        var store = new MemoryStore(catalog(SURVEY, ANSWERS));
        var catalogs = new Catalogs(store);
        var browsing = new BrowseCatalogService(catalogs, (_, _, _) -> List.of(), WORKERS);
        var first = browsing.dimensions(List.of("answers")).get("answers");
        assertThat(browsing.dimensions(List.of("answers")).get("answers")).isSameAs(first);

        store.save(store.version(), List.of(new Entry(PARTNERS, 1, Map.of())), Set.of());
        catalogs.refresh();

        assertThat(browsing.dimensions(List.of("answers")).get("answers")).isNotSameAs(first);
    }
}
