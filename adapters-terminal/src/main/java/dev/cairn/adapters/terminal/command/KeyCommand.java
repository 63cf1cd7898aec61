package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.application.port.ApiKey;
import dev.cairn.application.port.in.KeysUseCase.NewKey;
import dev.cairn.application.port.in.KeysUseCase.Outcome;
import dev.cairn.application.port.in.KeysUseCase.Revocation;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes keys that people and programs ask with, lists and revokes them. */
@Command(
        name = "key",
        description = {
            "Makes keys that people and programs ask with, lists and revokes them. They are asked for where",
            "cairn.auth.keys=true is set; a request has one in 'Authorization: Bearer cairn_...'."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  cairn key create power-bi --role viewer --everything",
            "  cairn key create grafana-emea --role viewer --scope emea --expires 90d",
            "  cairn key create ann --role analyst --scope own --claim csm=ann@example.com",
            "  cairn key list",
            "  cairn key revoke grafana-emea"
        })
public final class KeyCommand extends DataCommand {
    private static final Duration USUAL = Duration.ofDays(365);
    private static final String FOR_EVER = "never";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** What is done. */
    enum Action {
        CREATE,
        LIST,
        REVOKE
    }

    @Parameters(
            index = "0",
            paramLabel = "create|list|revoke",
            description =
                    "create: a key, which is shown once. list: all keys, without what is secret. revoke: from the next request on.")
    private Action action;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME",
            description =
                    "Of whom or what the key is for; a name is of one key for ever. Of 'revoke': one or more.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "viewer: asks questions. analyst: defines metrics, cohorts and targets too. admin: all.")
    private @Nullable Role role;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "Sees only accounts of this scope; repeated, those of any of them.")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--everything", description = "Sees all accounts.")
    private boolean everything;

    @Option(
            names = "--claim",
            paramLabel = "NAME=VALUE",
            description = "What scopes read as caller.NAME; may be repeated.")
    private Map<String, String> claims = new TreeMap<>();

    @Option(
            names = "--expires",
            paramLabel = "LENGTH",
            description = "How long it lasts: 90d, 12h, 52w, or never. Default: 365d.")
    private @Nullable String expires;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        switch (action) {
            case CREATE -> {
                if (names.size() != 1) {
                    throw notUnderstood("'create' takes the name of one key.");
                }
                if (role == null) {
                    throw notUnderstood("Say what it may do: --role viewer, analyst or admin.");
                }
                if (everything != scopes.isEmpty()) {
                    throw notUnderstood(
                            "Say which accounts it sees: those of scopes (--scope emea), or all (--everything).");
                }
                lasts();
            }
            case LIST -> refuseOptions(names.isEmpty(), "'list' takes --format, nothing else.");
            case REVOKE ->
                    refuseOptions(
                            !names.isEmpty(),
                            "'revoke' takes the names of keys and --format, nothing else.");
        }
    }

    private void refuseOptions(boolean namesFit, String message) {
        if (!namesFit
                || role != null
                || everything
                || !scopes.isEmpty()
                || !claims.isEmpty()
                || expires != null) {
            throw notUnderstood(message);
        }
    }

    /** Null: for ever. */
    private @Nullable Duration lasts() {
        if (expires == null) {
            return USUAL;
        }
        return expires.equals(FOR_EVER) ? null : new Age().convert(expires);
    }

    @Override
    int run(UseCases cairn) {
        return switch (action) {
            case CREATE -> create(cairn);
            case LIST -> list(cairn.keys().keys());
            case REVOKE -> revoke(cairn);
        };
    }

    private int create(UseCases cairn) {
        var wanted =
                new NewKey(
                        names.getFirst(),
                        Objects.requireNonNull(role),
                        everything,
                        scopes,
                        claims,
                        lasts());
        return switch (cairn.keys().create(wanted)) {
            case Outcome.Rejected(var problems) -> refused(problems);
            case Outcome.Created(var key, var text) -> {
                switch (format) {
                    case TEXT -> {
                        out().println(text.secret());
                        out().println();
                        out().println(
                                        "The key %s: %s, sees %s, expires %s. It is shown this once: Cairn keeps only its hash."
                                                .formatted(
                                                        key.name(),
                                                        role(key),
                                                        sees(key),
                                                        time(key.expires(), FOR_EVER)));
                    }
                    case JSON -> {
                        var shown = json(key);
                        shown.put("key", text.secret());
                        Report.json(shown, out());
                    }
                }
                yield 0;
            }
        };
    }

    private int revoke(UseCases cairn) {
        return switch (cairn.keys().revoke(names)) {
            case Revocation.Rejected(var problems) -> refused(problems);
            case Revocation.Revoked(var keys) -> {
                switch (format) {
                    case TEXT ->
                            out().println(
                                            "Revoked %s: it is refused from now on."
                                                    .formatted(Report.counted(keys.size(), "key")));
                    case JSON -> json(keys);
                }
                yield 0;
            }
        };
    }

    private int list(List<ApiKey> keys) {
        switch (format) {
            case TEXT -> {
                if (keys.isEmpty()) {
                    out().println("There are no keys.");
                } else {
                    table(keys).lines(Screen.current()).forEach(out()::println);
                }
            }
            case JSON -> json(keys);
        }
        return 0;
    }

    private static Table table(List<ApiKey> keys) {
        var now = Instant.now();
        return new Table(
                List.of(
                        Table.Column.key("key"),
                        Table.Column.text("role"),
                        Table.Column.text("sees"),
                        Table.Column.text("state"),
                        Table.Column.text("expires"),
                        Table.Column.text("last used")),
                keys.stream()
                        .map(key ->
                                Table.Row.of(
                                        DisplayText.plain(key.name()),
                                        role(key),
                                        DisplayText.plain(sees(key)),
                                        state(key, now),
                                        time(key.expires(), FOR_EVER),
                                        time(key.lastUsed(), FOR_EVER)))
                        .toList());
    }

    private void json(List<ApiKey> keys) {
        Report.json(Map.of("keys", keys.stream().map(KeyCommand::json).toList()), out());
    }

    private static Map<String, @Nullable Object> json(ApiKey key) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("name", key.name());
        shown.put("role", role(key));
        shown.put("everything", key.identity().everything());
        shown.put("scopes", key.identity().scopes());
        shown.put("claims", new TreeMap<>(key.identity().claims()));
        shown.put("state", state(key, Instant.now()));
        shown.put("created", key.created().toString());
        shown.put("expires", text(key.expires()));
        shown.put("revoked", text(key.revoked()));
        shown.put("lastUsed", text(key.lastUsed()));
        return shown;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static String time(@Nullable Instant time, String none) {
        return time == null ? none : TIME.format(time);
    }

    private static String role(ApiKey key) {
        return key.identity().role().name().toLowerCase(Locale.ROOT);
    }

    private static String sees(ApiKey key) {
        return key.identity().everything()
                ? "everything"
                : String.join(", ", key.identity().scopes());
    }

    private static String state(ApiKey key, Instant now) {
        return switch (key.at(now)) {
            case IN_FORCE -> "in force";
            case EXPIRED -> "expired";
            case REVOKED -> "revoked";
        };
    }

    private int refused(List<Problem> problems) {
        Report.problems(
                problems.stream().map(problem -> problem.in(option(problem.place()))).toList(),
                format,
                out(),
                err());
        return 1;
    }

    /** Where it is on the command line. */
    private static Place option(Place place) {
        var first = place.path().isEmpty() ? "" : place.path().getFirst();
        return switch (first) {
            case "scope", "claim", "expires" -> Place.of("--" + first);
            default -> Place.NOWHERE;
        };
    }
}
