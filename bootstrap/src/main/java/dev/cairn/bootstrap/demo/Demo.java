package dev.cairn.bootstrap.demo;

import dev.cairn.adapters.files.definition.DefinitionFile;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.demo.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fills an empty Cairn with the made-up company, through the same use cases as real definitions and facts. */
public final class Demo {
    /** The pack whose sources the company's facts are of. */
    public static final String PACK = "customer-success";

    /** A question to begin with: who left, how healthy those are who stay, what they say. */
    public static final String QUESTION =
            """
            { analyze(input: {
                metrics: [{metric: {key: "logo_churn"}}, {metric: {key: "nps"}}, {metric: {key: "health"}}]
                groupBy: ["account.segment"]
                timeRange: {between: {from: "2026-04-01", to: "2026-07-01"}}
              }) { records } }\
            """;

    /** Its facts end on a day, and none come after it. */
    private static final Map<String, String> SETTINGS = Map.of("freshness", "any");

    /** What has no coverage: it is there, and not of a time. */
    private static final Set<String> ENTITIES = Set.of("account", "user");

    private static final String DEFINITIONS = "demo.yaml";

    private final Path folder;
    private final BrowseCatalogUseCase catalogs;
    private final PacksUseCase packs;
    private final DefineUseCase definitions;
    private final ImportUseCase imports;

    /** @param folder where it is written down which company is there, with what is true of it */
    public Demo(
            Path folder,
            BrowseCatalogUseCase catalogs,
            PacksUseCase packs,
            DefineUseCase definitions,
            ImportUseCase imports) {
        this.folder = folder;
        this.catalogs = catalogs;
        this.packs = packs;
        this.definitions = definitions;
        this.imports = imports;
    }

    /** Which company is there; null where there is none. */
    public @Nullable Options there() throws IOException {
        return isEmpty() ? null : DemoFiles.optionsIn(truths());
    }

    /** Whether the company is still to be taken in, as nothing is defined yet or as that was interrupted. */
    public boolean isWanting(Options options) throws IOException {
        return isEmpty() || options.equals(DemoFiles.optionsIn(begun()));
    }

    private boolean isEmpty() {
        return catalogs.catalog().entries().stream().allMatch(entry -> entry.version() == 0);
    }

    /**
     * Takes in the company and writes down that it is there. What is there already changes nothing, so a fill that was interrupted can be done again.
     *
     * @param said receives a line for each table that is taken in
     */
    public void fill(Options options, Consumer<String> said) throws IOException {
        // With a PostgreSQL of one's own nothing else is in the folder.
        Files.createDirectories(folder);
        var company = Company.of(options);
        DemoFiles.write(company.truths(), begun());
        define();
        for (var table : company.tables()) {
            said.accept("%-20s %,9d rows".formatted(table.target(), take(table, options)));
        }
        Files.move(begun(), truths(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path truths() {
        return folder.resolve(DemoFiles.TRUTHS);
    }

    /** The truths of a company that is not all there yet. */
    private Path begun() {
        return folder.resolve(DemoFiles.TRUTHS + ".part");
    }

    private void define() {
        var applied = packs.apply(new PacksUseCase.Request(PACK, SETTINGS, Set.of(), false));
        if (applied instanceof PacksUseCase.Outcome.Rejected(var problems, _)) {
            throw new IllegalStateException("the pack is wrong: " + problems);
        }
        var own =
                DefinitionReader.read(
                        List.of(new DefinitionFile(DEFINITIONS, DemoFiles.resource(DEFINITIONS))));
        var defined = definitions.define(new DefineUseCase.Request(own.drafts(), false, false));
        if (!own.problems().isEmpty() || defined instanceof DefineUseCase.Outcome.Rejected) {
            throw new IllegalStateException(
                    "the made-up company's definitions are wrong: " + own.problems() + defined);
        }
    }

    private long take(Table table, Options options) {
        boolean isOfEntity = ENTITIES.contains(table.target());
        var outcome =
                imports.importRecords(
                        new ImportUseCase.Request(
                                table.target(),
                                new TableRecords(table),
                                Map.of(),
                                isOfEntity ? null : options.until(),
                                Long.MAX_VALUE,
                                reject -> {
                                    throw new IllegalStateException(
                                            "a row of the made-up company is wrong: %s of %s"
                                                    .formatted(reject, table.target()));
                                },
                                _ -> {}));
        return switch (outcome) {
            case ImportUseCase.Outcome.Imported(var summary) -> summary.read();
            case ImportUseCase.Outcome.Rejected(var problems) ->
                    throw new IllegalStateException(
                            "the made-up company's %s is wrong: %s"
                                    .formatted(table.target(), problems));
        };
    }
}
