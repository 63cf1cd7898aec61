package dev.cairn.bootstrap.doctor;

import dev.cairn.adapters.persistence.staging.WaitingImport;
import dev.cairn.application.port.ListedViews;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.database.FolderLook;
import dev.cairn.bootstrap.doctor.Finding.Check;
import dev.cairn.bootstrap.wiring.DatabaseLook;
import dev.cairn.bootstrap.wiring.ReadyDatabase;
import dev.cairn.bootstrap.wiring.StartFailures;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The database, its tables, and imports that were broken off. */
final class DatabaseChecks {
    private static final String ONLY_WHILE_IT_RUNS =
            "looked at only while PostgreSQL runs, beside a service";

    private static final int MOST_VIEWS = 10;

    private DatabaseChecks() {}

    /** @param views the schema of the SQL face */
    static List<Finding> configured(
            String url, @Nullable String user, @Nullable String password, String views) {
        return url.startsWith("jdbc:postgresql:")
                ? look("the configured one", url, user, password, views)
                : notLookedAt(Check.DATABASE, "not looked for under such a URL");
    }

    static List<Finding> embedded(FolderLook folder, String views) {
        int major;
        try {
            major = FolderLook.postgres();
        } catch (StartRefused noPrograms) {
            return List.of(Finding.wrong(Check.DATABASE, noPrograms));
        }
        if (folder.server().isPresent()) {
            var access = folder.server().get();
            return look(
                    "embedded, port " + access.port(),
                    access.url(),
                    access.user(),
                    access.password(),
                    views);
        }
        if (folder.service().isPresent()) {
            return List.of(
                    Finding.wrong(
                            Check.DATABASE,
                            new StartRefused(
                                    StartProblem.DATABASE_OUT_OF_REACH,
                                    "The service runs and its embedded PostgreSQL does not.",
                                    "The service starts it again. If it does not succeed, its log and %s say why; where the disk is full, make room."
                                            .formatted(folder.log()))));
        }
        var findings = new ArrayList<Finding>();
        findings.add(
                Finding.ok(
                        Check.DATABASE, "embedded PostgreSQL %d, does not run".formatted(major)));
        if (folder.filled()) {
            findings.add(Finding.unknown(Check.TABLES, ONLY_WHILE_IT_RUNS));
            findings.add(Finding.unknown(Check.IMPORTS, ONLY_WHILE_IT_RUNS));
        } else {
            findings.add(Finding.ok(Check.TABLES, "made by the first start"));
        }
        return findings;
    }

    static List<Finding> withoutFolder() {
        return notLookedAt(Check.DATABASE, "not looked at without a data directory");
    }

    private static List<Finding> notLookedAt(Check check, String why) {
        return List.of(Finding.unknown(check, why));
    }

    private static List<Finding> look(
            String which,
            String url,
            @Nullable String user,
            @Nullable String password,
            String views) {
        DatabaseLook seen;
        try {
            seen = DatabaseLook.at(url, user, password, views);
        } catch (Exception failure) {
            return List.of(Finding.wrong(Check.DATABASE, reason(failure)));
        }
        var findings = new ArrayList<Finding>();
        findings.add(
                Finding.ok(
                        Check.DATABASE,
                        "PostgreSQL %s, %s, %s".formatted(seen.version(), which, seen.size())));
        findings.add(tables(seen));
        findings.addAll(imports(seen));
        views(seen.views()).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> views(@Nullable ListedViews seen) {
        if (seen == null || (seen.names().isEmpty() && seen.refusals().isEmpty())) {
            return Optional.empty();
        }
        var has = "%d have rows".formatted(seen.names().size());
        if (seen.refusals().isEmpty()) {
            return Optional.of(Finding.ok(Check.VIEWS, has));
        }
        var whys =
                seen.refusals().entrySet().stream()
                        .limit(MOST_VIEWS)
                        .map(of -> "%s: %s".formatted(of.getKey(), of.getValue()))
                        .collect(Collectors.joining(" "));
        int more = seen.refusals().size() - MOST_VIEWS;
        return Optional.of(
                Finding.warning(
                        Check.VIEWS,
                        "%s; not published are %s%s"
                                .formatted(
                                        has, whys, more > 0 ? " And %d more.".formatted(more) : ""),
                        "docs/bi.md says what a question or a scope needs to have a view; the same questions are answered over the API."));
    }

    private static StartRefused reason(Exception failure) {
        return StartFailures.explain(failure)
                .orElseGet(() ->
                        new StartRefused(
                                StartProblem.DATABASE_OUT_OF_REACH,
                                "The database gives no answer: " + failure.getMessage(),
                                "Check spring.datasource.url, and the log of PostgreSQL.",
                                failure));
    }

    private static Finding tables(DatabaseLook seen) {
        try {
            ReadyDatabase.refuseTooNew(seen.tables());
        } catch (StartRefused refused) {
            return Finding.wrong(Check.TABLES, refused);
        }
        var pending = seen.tables().pending();
        return pending.isEmpty()
                ? Finding.ok(Check.TABLES, "up to date")
                : Finding.warning(
                        Check.TABLES,
                        "not made or of an earlier version: %s to come".formatted(pending),
                        "The next start or command does that. Make a backup before, if there is data.");
    }

    private static List<Finding> imports(DatabaseLook seen) {
        if (!seen.tables().isUpToDate()) {
            return List.of(
                    Finding.unknown(
                            Check.IMPORTS, "looked at only where the tables are up to date"));
        }
        return seen.imports().isEmpty()
                ? List.of(Finding.ok(Check.IMPORTS, "none waits"))
                : seen.imports().stream().map(DatabaseChecks::waiting).toList();
    }

    private static Finding waiting(WaitingImport one) {
        var rows =
                String.format(
                        Locale.ROOT,
                        "into %s: %,d rows at %s",
                        one.target(),
                        one.rows(),
                        one.touched().truncatedTo(ChronoUnit.SECONDS));
        return one.underWay()
                ? Finding.ok(Check.IMPORTS, "under way " + rows)
                : Finding.warning(
                        Check.IMPORTS,
                        "broken off " + rows,
                        "Run the same import again: it goes on there. Else a later import drops the rows after a week.");
    }
}
