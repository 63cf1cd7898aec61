package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.adapters.persistence.sql.JooqDimensionValues;
import dev.cairn.adapters.persistence.sql.RowCounts;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.service.AnalyzeService;
import dev.cairn.application.service.BrowseCatalogService;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.Workers;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.contract.Question;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two services on one database: what the one defines is used by the other at once. */
class StaleCatalogTest {
    private static final Instant JANUARY = Instant.parse("2026-01-15T00:00:00Z");
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Source EVENT =
            source("event", List.of(), AT, Field.of("seats", DataType.INTEGER));

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();
    private final DataSource database = migrated.dataSource();

    @Test
    void a_question_is_answered_by_a_metric_revised_a_moment_ago() {
        save(database, EVENT, metric("count(event)"));
        load(EVENT, 5L, 7L);
        var other = new Service(database);
        assertThat(other.answer(askMetrics("size"))).isEqualTo("2");

        save(database, metric("sum(event : seats)"));

        assertThat(other.answer(askMetrics("size"))).isEqualTo("12");
    }

    @Test
    void a_name_that_was_unknown_a_moment_ago_is_known() {
        save(database, EVENT);
        load(EVENT, 5L);
        var other = new Service(database);

        save(database, metric("sum(event : seats)"));

        assertThat(other.answer(askMetrics("size"))).isEqualTo("5");
    }

    @Test
    void a_table_made_anew_for_another_type_is_read_by_it() {
        save(database, EVENT);
        var other = new Service(database);
        var renamed = source("event", List.of(), AT, Field.of("seats", DataType.TEXT));

        save(database, renamed);
        load(renamed, "twelve", "twelve");

        assertThat(other.answer(ask("distinct(event.seats)"))).isEqualTo("1");
    }

    @Test
    void lists_of_metrics_and_dimensions_have_what_was_just_defined() {
        save(database, EVENT, metric("count(event)"));
        var other = new Service(database);

        save(
                database,
                source(
                        "event",
                        List.of(),
                        AT,
                        Field.of("seats", DataType.INTEGER),
                        Field.of("country", DataType.TEXT)),
                new Metric(
                        "events",
                        "Events",
                        "",
                        Metric.Level.CELL,
                        null,
                        "count(event)",
                        null,
                        Metric.Direction.NEUTRAL,
                        null,
                        null,
                        null,
                        false,
                        Metric.Status.PUBLISHED));

        assertThat(other.browse().catalog().names(Metric.class)).containsExactly("events", "size");
        assertThat(other.browse().dimensions(List.of("size")).get("size"))
                .extracting(Dimension::key)
                .contains("event.country");
    }

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    /** A service that has the catalogue of its start in memory. */
    private record Service(AnalyzeService analyze, BrowseCatalogService browse) {
        Service(DataSource database) {
            this(database, new Catalogs(new JooqDefinitionStore(database)));
        }

        private Service(DataSource database, Catalogs catalogs) {
            this(
                    new AnalyzeService(
                            catalogs,
                            new JooqAnalysisExecutor(Postgres.dsl(database)),
                            Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC),
                            new Workers(THREADS, THREADS, THREADS, Long.MAX_VALUE)),
                    new BrowseCatalogService(
                            catalogs,
                            new JooqDimensionValues(
                                    Postgres.dsl(database), new RowCounts(Postgres.dsl(database))),
                            new Workers(THREADS, THREADS, THREADS, Long.MAX_VALUE)));
        }

        String answer(Question question) {
            return switch (analyze.analyze(
                    question.query(),
                    question.caller(),
                    Deadline.in(Duration.ofMinutes(2), System::nanoTime))) {
                case Outcome.Answered(var result) ->
                        String.valueOf(
                                ((Cell.Value) result.rows().getFirst().cells().getLast())
                                        .value()
                                        .value());
                case Outcome.Rejected(var problems) -> throw new AssertionError(problems);
            };
        }
    }

    private void load(Source source, @Nullable Object... seats) {
        try (var load = new JooqFactStore(database).begin(source, JANUARY)) {
            for (Object one : seats) {
                load.add(new Fact(JANUARY, null, null, null, List.of(JANUARY, one)));
            }
            load.commit(null);
        }
    }

    private static Metric metric(String formula) {
        return new Metric(
                "size",
                "Size",
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
}
