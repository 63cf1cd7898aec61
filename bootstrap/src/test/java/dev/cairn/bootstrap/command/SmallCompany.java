package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.DefinitionFile;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Thirty accounts and half a year, with a few definitions: small enough to check by hand. Made once for tests of commands. */
public final class SmallCompany {
    /** A question to it. */
    static final String QUESTION =
            """
            { analyze(input: {
                metrics: [{metric: {key: "sample_nps"}}, {metric: {key: "sample_active_users"}}]
                groupBy: ["account.plan"]
                timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}
              }) { records } }\
            """;

    private SmallCompany() {}

    /** Takes it in where nothing is defined yet. */
    public static void fill(RunningCairn cairn) {
        fill(cairn, definitions(), SmallCompanyFacts.tables());
    }

    /** Takes in other definitions and tables than its own. */
    public static void fill(
            RunningCairn cairn, String definitions, List<SmallCompanyFacts.Table> tables) {
        var read =
                DefinitionReader.read(
                        List.of(new DefinitionFile("small-company.yaml", definitions)));
        assertThat(read.problems()).isEmpty();
        assertThat(
                        cairn.bean(DefineUseCase.class)
                                .define(new DefineUseCase.Request(read.drafts(), false, false)))
                .isNotInstanceOf(DefineUseCase.Outcome.Rejected.class);
        tables.forEach(table -> take(cairn, table));
    }

    private static void take(RunningCairn cairn, SmallCompanyFacts.Table table) {
        try (var records = table.records()) {
            assertThat(
                            cairn.bean(ImportUseCase.class)
                                    .importRecords(
                                            new ImportUseCase.Request(
                                                    table.target(),
                                                    records,
                                                    Map.of(),
                                                    null,
                                                    0,
                                                    _ -> {},
                                                    _ -> {})))
                    .isInstanceOf(ImportUseCase.Outcome.Imported.class);
        }
    }

    /** What is defined, as YAML. */
    public static String definitions() {
        try (InputStream text =
                Objects.requireNonNull(
                        SmallCompany.class.getResourceAsStream("/small-company.yaml"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
