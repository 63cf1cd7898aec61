package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.application.port.AuditEntry;
import dev.cairn.application.port.AuditEntry.Kept;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.in.AuditUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what was done. */
@Command(
        name = "audit",
        description = {
            "Lists what was done, the latest first: definitions that were changed, data that was read, keys that were made or",
            "revoked, and sign-ins that were refused. What was read is told by a digest, the same for the same question."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  cairn audit --since 7d",
            "  cairn audit --caller key:power-bi --first 20",
            "  cairn audit --since 30d --first 1000000 --format csv"
        })
public final class AuditCommand extends DataCommand {
    private static final int PAGE = 1_000;

    /** How it is written. */
    enum Form {
        CSV,
        JSON;

        /** As it is typed and completed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--since",
            paramLabel = "AGE",
            converter = Age.class,
            description = "Only what was done in this time: 7d, 12h, 4w. Default: all.")
    private @Nullable Duration since;

    @Option(
            names = "--caller",
            paramLabel = "NAME",
            description =
                    "Only what this one did: local (commands), key:NAME, user:NAME. Default: all.")
    private @Nullable String caller;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "How many entries, from 1. Default: 100.")
    private int first = 100;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv (default) or json.")
    private Form format = Form.CSV;

    @Override
    void check() {
        if (first < 1) {
            throw notUnderstood("--first is a whole number from 1.");
        }
    }

    @Override
    int run(UseCases cairn) {
        var from = since == null ? null : Instant.now().minus(since);
        var search = new AuditSearch(from, null, caller, null);
        var found = new ArrayList<Map<String, Object>>();
        if (format == Form.CSV) {
            out().println("at,caller,role,kind,by,subject,version,rows");
        }
        int left = first;
        boolean hasMore = true;
        while (left > 0 && hasMore) {
            switch (cairn.audit().latest(search, Math.min(left, PAGE), Caller.LOCAL)) {
                case Outcome.Forbidden(var reason) -> throw new IllegalStateException(reason);
                case Outcome.Page(var entries, var hasNextPage) -> {
                    switch (format) {
                        case CSV -> entries.forEach(kept -> out().println(line(kept.entry())));
                        case JSON -> entries.forEach(kept -> found.add(json(kept.entry())));
                    }
                    left -= entries.size();
                    hasMore = hasNextPage;
                    search = search.before(last(entries));
                }
            }
        }
        if (format == Form.JSON) {
            Report.json(Map.of("entries", found), out());
        }
        return 0;
    }

    private static @Nullable Long last(List<Kept> entries) {
        return entries.isEmpty() ? null : (Long) entries.getLast().number();
    }

    private static String line(AuditEntry entry) {
        return Stream.of(
                        entry.at(),
                        entry.caller(),
                        word(entry.role()),
                        word(entry.kind()),
                        entry.by(),
                        entry.subject(),
                        Objects.toString(entry.version(), ""),
                        Objects.toString(entry.rows(), ""))
                .map(value -> quoted(value.toString()))
                .collect(Collectors.joining(","));
    }

    /** Names of callers come from elsewhere: none begins a formula of a spreadsheet. */
    private static String quoted(String value) {
        var plain = DisplayText.plain(value);
        var safe = plain.matches("[=+@\\-\\t].*") ? "'" + plain : plain;
        return safe.matches("[^\",]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static Map<String, Object> json(AuditEntry entry) {
        var json = new LinkedHashMap<String, Object>();
        json.put("at", entry.at().toString());
        json.put("caller", entry.caller());
        json.put("role", word(entry.role()));
        json.put("kind", word(entry.kind()));
        json.put("by", entry.by());
        json.put("subject", entry.subject());
        json.put("version", entry.version());
        json.put("rows", entry.rows());
        return json;
    }

    private static String word(@Nullable Enum<?> value) {
        return value == null ? "" : value.name().toLowerCase(Locale.ROOT);
    }
}
