package dev.cairn.bootstrap.demo;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.demo.Company;
import dev.cairn.demo.Table;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Fills an empty Cairn with the made-up company, through the same use cases as real definitions and facts. */
public final class Demo {
    /** The pack whose sources the company's facts are of. */
    public static final String PACK = "customer-success";

    /** Of which facts are the last table. */
    private static final String LAST = "event";

    /** What has no coverage: it is there, and not of a time. */
    private static final Set<String> ENTITIES = Set.of("account", "user");

    private final BrowseCatalogUseCase catalogs;
    private final PacksUseCase packs;
    private final ImportUseCase imports;
    private final FactStore facts;

    public Demo(
            BrowseCatalogUseCase catalogs,
            PacksUseCase packs,
            ImportUseCase imports,
            FactStore facts) {
        this.catalogs = catalogs;
        this.packs = packs;
        this.imports = imports;
        this.facts = facts;
    }

    /** Whether nothing is defined yet. */
    public boolean isEmpty() {
        return catalogs.catalog().entries().stream().allMatch(entry -> entry.version() == 0);
    }

    /** Whether all tables of a company are there. */
    public boolean isFilled() {
        return !isEmpty() && facts.dataVersion(LAST) > 0;
    }

    /**
     * Takes in all tables of the company. What is there already changes nothing, so a fill that was interrupted can be done again.
     *
     * @param said receives a line for each table that is taken in
     */
    public void fill(Company company, Consumer<String> said) {
        var applied = packs.apply(new PacksUseCase.Request(PACK, Map.of(), Set.of(), false));
        if (applied instanceof PacksUseCase.Outcome.Rejected(var problems, _)) {
            throw new IllegalStateException("the pack is wrong: " + problems);
        }
        for (var table : company.tables()) {
            said.accept(
                    "%-20s %,9d rows"
                            .formatted(table.target(), take(table, company.options().until())));
        }
    }

    private long take(Table table, LocalDate completeUntil) {
        boolean isOfEntity = ENTITIES.contains(table.target());
        var outcome =
                imports.importRecords(
                        new ImportUseCase.Request(
                                table.target(),
                                new TableRecords(table),
                                Map.of(),
                                isOfEntity ? null : completeUntil,
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
