package dev.cairn.adapters.persistence;

import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import dev.cairn.application.service.ImportService;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Imports lines of text, as a user would a file. */
public final class Imports {
    private Imports() {}

    /** Insists that every row is taken in. */
    public static Summary take(
            DataSource dataSource, String target, List<String> header, List<List<String>> lines) {
        var imports =
                new ImportService(
                        new JooqDefinitionStore(dataSource)::load,
                        _ -> {
                            throw new AssertionError("no file is opened");
                        },
                        new JooqFactStore(dataSource),
                        new JooqAccountDirectory(dataSource),
                        Clock.systemUTC());
        var outcome =
                imports.importRecords(
                        new Request(
                                target,
                                new Lines(header, lines.iterator()),
                                Map.of(),
                                null,
                                0,
                                _ -> {},
                                _ -> {}));
        return switch (outcome) {
            case Outcome.Imported(var summary) -> summary;
            case Outcome.Rejected(var problems) -> throw new AssertionError(problems);
        };
    }

    private record Lines(List<String> header, Iterator<List<String>> lines) implements Records {
        @Override
        public @Nullable Raw next() {
            return lines.hasNext() ? new Raw.Read(1, lines.next()) : null;
        }

        @Override
        public void close() {}
    }
}
