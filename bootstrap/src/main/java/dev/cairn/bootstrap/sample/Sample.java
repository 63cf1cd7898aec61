package dev.cairn.bootstrap.sample;

import dev.cairn.adapters.files.definition.DefinitionFile;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.out.FactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills an empty Cairn with the sample, through the same use cases as real definitions and facts. */
public final class Sample {
    /** A question to the sample, to paste into GraphQL. */
    public static final String QUESTION =
            """
            { analyze(input: {
                metrics: [{metric: {key: "sample_nps"}}, {metric: {key: "sample_active_users"}}]
                groupBy: ["account.plan"]
                timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}
              }) { records } }\
            """;

    private static final Logger LOG = LoggerFactory.getLogger(Sample.class);

    private static final String DEFINITIONS = "/sample/sample.yaml";
    private static final List<String> QUESTIONS =
            List.of("score-by-plan", "revenue-by-month", "own-formula", "what-is-wrong");
    private static final String ANYWHERE = "catalogue";

    private final BrowseCatalogUseCase catalogs;
    private final DefineUseCase definitions;
    private final ImportUseCase imports;
    private final FactStore facts;

    public Sample(
            BrowseCatalogUseCase catalogs,
            DefineUseCase definitions,
            ImportUseCase imports,
            FactStore facts) {
        this.catalogs = catalogs;
        this.definitions = definitions;
        this.imports = imports;
        this.facts = facts;
    }

    /** Whether the metrics of the sample are defined. */
    public boolean isThere() {
        return catalogs.catalog().metric("sample_nps").isPresent();
    }

    /** Questions to begin with, as GraphQL documents: about the sample where it is defined, and about the catalogue. */
    public List<String> questions() {
        return Stream.concat(isThere() ? QUESTIONS.stream() : Stream.empty(), Stream.of(ANYWHERE))
                .map(name -> text("/sample/questions/" + name + ".graphql"))
                .toList();
    }

    /** Imports the sample where nothing is defined yet, or where that was interrupted; returns whether it did. */
    public boolean fillIfEmpty() {
        boolean empty =
                catalogs.catalog().entries().stream().allMatch(entry -> entry.version() == 0);
        if (!empty && !isHalfFilled()) {
            return false;
        }
        LOG.info("Taking in a small made-up company");
        if (empty) {
            define();
        }
        SampleFacts.tables().forEach(this::take);
        return true;
    }

    private boolean isHalfFilled() {
        return isThere() && facts.dataVersion(SampleFacts.LAST_SOURCE) == 0;
    }

    private void define() {
        var read =
                DefinitionReader.read(
                        List.of(new DefinitionFile("sample.yaml", text(DEFINITIONS))));
        var outcome = definitions.define(new DefineUseCase.Request(read.drafts(), false, false));
        if (!read.problems().isEmpty() || outcome instanceof DefineUseCase.Outcome.Rejected) {
            throw new IllegalStateException(
                    "the sample's definitions are wrong: " + read.problems() + outcome);
        }
    }

    private void take(SampleFacts.Table table) {
        try (var records = table.records()) {
            var outcome =
                    imports.importRecords(
                            new ImportUseCase.Request(
                                    table.target(),
                                    records,
                                    Map.of(),
                                    null,
                                    Long.MAX_VALUE,
                                    reject -> {
                                        throw new IllegalStateException(
                                                "a row of the sample is wrong: " + reject);
                                    },
                                    _ -> {}));
            if (outcome instanceof ImportUseCase.Outcome.Rejected) {
                throw new IllegalStateException("the sample's facts are wrong: " + outcome);
            }
        }
    }

    private static String text(String resource) {
        try (InputStream text =
                Objects.requireNonNull(Sample.class.getResourceAsStream(resource))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
