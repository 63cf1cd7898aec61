package dev.cairn.bootstrap.settings;

import dev.cairn.adapters.graphql.http.HostCheck;
import dev.cairn.adapters.graphql.http.Proxies;
import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.signin.TokenRules.Unscoped;
import dev.cairn.adapters.graphql.signin.Tokens;
import dev.cairn.adapters.notification.webhook.WebhookSecret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/** The possible values of Cairn's own settings, and of others that nearly everybody sets. */
final class CairnRules {
    static final String LIMITS = "cairn.limits";
    static final String OIDC = "cairn.auth.oidc.";
    static final String ISSUER = OIDC + "issuer";
    static final String AUDIENCE = OIDC + "audience";
    static final String HOSTS = "cairn.hosts";
    private static final Pattern SCHEMA_NAME =
            Pattern.compile("(?!pg_|public$|information_schema$)[a-z][a-z0-9_]{0,62}");
    private static final Pattern ROLE_OF_SCOPE =
            Pattern.compile("\\s*(?<scope>[a-z][a-z0-9_]{0,49})\\s*:\\s*(?<role>\\S.*?)\\s*");

    /** News are told for two days. */
    private static final int FEWEST_ALERT_DAYS = 3;

    private static final int MOST_ALERT_DAYS = 36_500;

    static final String WEBHOOK = "cairn.alerts.webhook";
    static final String WEBHOOK_SECRET = "cairn.alerts.webhook-secret";
    static final String MAIL_TO = "cairn.alerts.mail-to";
    static final String MAIL_FROM = "cairn.alerts.mail-from";
    static final String MAIL_HOST = "spring.mail.host";
    static final String SCHEMAS = "cairn.tables.schemas";
    static final String DATABASE_URL = "spring.datasource.url";

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,<>\"]+@[^\\s@,<>\"]+");

    private static final int LAST_PORT = 65_535;
    private static final int MOST_MEGABYTES = 65_536;
    private static final String A_PORT = "a number from 0 (any free port) to 65535";
    private static final String A_TIME = "a time of a second or more, such as 90s or 2m";
    private static final String A_SWITCH = "true or false";
    private static final String A_ROLE = "what the role claim of a token says, or several such";

    /**
     * @param fits whether a value of the right type can be taken
     * @param allowed which values can, in words
     */
    record Rule<T>(String name, Bindable<T> type, Predicate<T> fits, String allowed) {
        Rule(String name, Class<T> type, Predicate<T> fits, String allowed) {
            this(name, Bindable.of(type), fits, allowed);
        }

        boolean isKept(Binder settings) {
            try {
                return settings.bind(name, type).map(fits::test).orElse(false);
            } catch (BindException _) {
                return false;
            }
        }
    }

    static final List<Rule<?>> RULES =
            List.of(
                    new Rule<>("cairn.data-dir", Path.class, _ -> true, "a folder"),
                    new Rule<>("cairn.sample", Boolean.class, _ -> true, A_SWITCH),
                    new Rule<>("cairn.graphiql", Boolean.class, _ -> true, A_SWITCH),
                    new Rule<>("cairn.introspection", Boolean.class, _ -> true, A_SWITCH),
                    new Rule<>("cairn.documents", Documents.class, _ -> true, "any or registered"),
                    new Rule<>("cairn.documents-dir", Path.class, _ -> true, "a folder"),
                    new Rule<>(
                            "cairn.week-starts",
                            DayOfWeek.class,
                            _ -> true,
                            "a day of the week, such as sunday"),
                    new Rule<>("cairn.auth.keys", Boolean.class, _ -> true, A_SWITCH),
                    new Rule<>(
                            ISSUER,
                            URI.class,
                            Tokens::isTrusted,
                            "the issuer as it stands in tokens, https://..."),
                    names(AUDIENCE, "what tokens have to be for, such as the client id of Cairn"),
                    new Rule<>(
                            OIDC + "algorithms",
                            Bindable.listOf(String.class),
                            all -> !all.isEmpty() && all.stream().allMatch(Tokens::isAlgorithm),
                            "RS256, RS384, RS512, ES256, ES384, ES512, PS256, PS384 or PS512, or several of them"),
                    claim(OIDC + "name-claim"),
                    claim(OIDC + "role-claim"),
                    claim(OIDC + "scopes-claim"),
                    names(OIDC + "roles.viewer", A_ROLE),
                    names(OIDC + "roles.analyst", A_ROLE),
                    names(OIDC + "roles.admin", A_ROLE),
                    new Rule<>(
                            OIDC + "without-scopes",
                            Unscoped.class,
                            _ -> true,
                            "refuse, or everything: what somebody sees whose token names no scope"),
                    new Rule<>(
                            HOSTS,
                            Bindable.listOf(String.class),
                            hosts -> hosts.stream().allMatch(HostCheck::isName),
                            "names as browsers send them, without scheme, port, path or pattern, such as cairn.example.com"),
                    new Rule<>(
                            "cairn.proxy",
                            Bindable.listOf(String.class),
                            all -> !all.isEmpty() && all.stream().allMatch(Proxies::isAddress),
                            "addresses of proxies, such as 10.0.0.7 or 10.0.0.0/24"),
                    new Rule<>(
                            "cairn.origins",
                            Bindable.listOf(String.class),
                            all -> !all.isEmpty() && all.stream().allMatch(HostCheck::isOrigin),
                            "origins of pages as browsers send them, https://bi.example.com, without pattern or path"),
                    new Rule<>(
                            SCHEMAS,
                            Bindable.listOf(String.class),
                            schemas -> schemas.stream().noneMatch(String::isBlank),
                            "names of schemas, such as billing,crm"),
                    new Rule<>(
                            "cairn.questions.large-from",
                            Long.class,
                            rows -> rows >= 1,
                            "a whole number from 1"),
                    new Rule<>(
                            "cairn.questions.most-rows",
                            Long.class,
                            rows -> rows >= 1,
                            "a whole number from 1"),
                    new Rule<>(
                            "cairn.questions.answer-megabytes",
                            Integer.class,
                            megabytes -> megabytes >= 1 && megabytes <= MOST_MEGABYTES,
                            "a whole number from 1 to 65536"),
                    new Rule<>(
                            "cairn.questions.large-at-once",
                            Integer.class,
                            number -> number >= 1,
                            "a whole number from 1"),
                    new Rule<>(
                            "cairn.questions.slow",
                            Duration.class,
                            time -> time.isPositive(),
                            "a time, such as 2s or 500ms"),
                    new Rule<>(
                            "cairn.audit.days",
                            Integer.class,
                            days -> days >= 1,
                            "a whole number from 1"),
                    new Rule<>(
                            "cairn.alerts.days",
                            Integer.class,
                            days -> days >= FEWEST_ALERT_DAYS && days <= MOST_ALERT_DAYS,
                            "a whole number from 3 to 36500"),
                    new Rule<>(
                            WEBHOOK,
                            URI.class,
                            CairnRules::isPrivate,
                            "the URL that alerts are posted to, https://..., or http:// on this machine"),
                    new Rule<>(
                            WEBHOOK_SECRET,
                            String.class,
                            text -> WebhookSecret.read(text).isPresent(),
                            "whsec_ and 24 to 64 random bytes in base64, such as whsec_$(openssl rand -base64 32) gives"),
                    new Rule<>(
                            MAIL_TO,
                            Bindable.listOf(String.class),
                            all -> !all.isEmpty() && all.stream().allMatch(CairnRules::isAddress),
                            "addresses that alerts are sent to, such as cs-team@example.com"),
                    new Rule<>(
                            MAIL_FROM,
                            String.class,
                            CairnRules::isAddress,
                            "the address that alerts are sent from, such as cairn@example.com"),
                    new Rule<>("cairn.metrics", Boolean.class, _ -> true, A_SWITCH),
                    new Rule<>(
                            "cairn.traces",
                            String.class,
                            CairnRules::isUrl,
                            "the URL of a collector, such as http://localhost:4318/v1/traces"),
                    new Rule<>("cairn.questions.slow-plan", Boolean.class, _ -> true, A_SWITCH),
                    new Rule<>(
                            "cairn.questions.waiting",
                            Integer.class,
                            number -> number >= 1 && number <= Limits.LARGEST,
                            "a whole number from 1 to 1000000000"),
                    new Rule<>(
                            "cairn.callers.at-once",
                            Integer.class,
                            number -> number >= 1 && number <= Limits.LARGEST,
                            "a whole number from 1 to 1000000000"),
                    new Rule<>(
                            "cairn.callers.per-minute",
                            Integer.class,
                            number -> number >= 1 && number <= Limits.LARGEST,
                            "a whole number from 1 to 1000000000"),
                    new Rule<>(
                            "cairn.callers.waiting",
                            Integer.class,
                            number -> number >= 1 && number <= Limits.LARGEST,
                            "a whole number from 1 to 1000000000"),
                    new Rule<>(
                            "cairn.cache.megabytes",
                            Integer.class,
                            megabytes -> megabytes >= 0 && megabytes <= MOST_MEGABYTES,
                            "a whole number from 0 (nothing is kept) to 65536"),
                    new Rule<>(
                            "cairn.exports.rows",
                            Integer.class,
                            number -> number >= 1 && number <= Limits.LARGEST,
                            "a whole number from 1 to 1000000000"),
                    new Rule<>(
                            "cairn.exports.at-once",
                            Integer.class,
                            number -> number >= 1,
                            "a whole number from 1"),
                    new Rule<>("cairn.exports.time", Duration.class, CairnRules::isTime, A_TIME),
                    new Rule<>(
                            "cairn.exports.patience", Duration.class, CairnRules::isTime, A_TIME),
                    new Rule<>(
                            "cairn.statistics.accounts",
                            Integer.class,
                            number -> number >= 1 && number <= 10_000_000,
                            "a whole number from 1 to 10000000"),
                    new Rule<>(
                            "cairn.statistics.guards-every",
                            Duration.class,
                            CairnRules::isTime,
                            A_TIME),
                    new Rule<>(
                            "cairn.sql-face.schema",
                            String.class,
                            name -> SCHEMA_NAME.matcher(name).matches(),
                            "the name of a schema that nothing else is in, such as cairn_sql: lower-case letters, digits and '_', and neither public nor one that begins with pg_"),
                    new Rule<>(
                            "cairn.sql-face.roles",
                            Bindable.listOf(String.class),
                            CairnRules::areRolesOfScopes,
                            "pairs of an access scope and the database role that has it, such as emea:bi_emea,apac:bi_apac, each scope and each role once"),
                    new Rule<>(
                            "cairn.sql-face.unscoped-role",
                            String.class,
                            role -> !role.isBlank(),
                            "the name of a database role"),
                    new Rule<>("cairn.postgres.port", Integer.class, CairnRules::isPort, A_PORT),
                    new Rule<>(
                            "cairn.postgres.start-timeout",
                            Duration.class,
                            CairnRules::isTime,
                            A_TIME),
                    new Rule<>("server.port", Integer.class, CairnRules::isPort, A_PORT),
                    new Rule<>(
                            DATABASE_URL,
                            String.class,
                            url -> url.startsWith("jdbc:postgresql:"),
                            "jdbc:postgresql://HOST/DATABASE"));

    private CairnRules() {}

    private static boolean areRolesOfScopes(List<String> pairs) {
        var parts = pairs.stream().map(ROLE_OF_SCOPE::matcher).toList();
        return !pairs.isEmpty()
                && parts.stream().allMatch(Matcher::matches)
                && parts.stream().map(pair -> pair.group("scope")).distinct().count()
                        == pairs.size()
                && parts.stream().map(pair -> pair.group("role")).distinct().count()
                        == pairs.size();
    }

    /** Whether nobody on the way can read what is sent there. */
    private static boolean isPrivate(URI url) {
        return url.getHost() != null
                && url.getUserInfo() == null
                && ("https".equals(url.getScheme())
                        || ("http".equals(url.getScheme())
                                && List.of("127.0.0.1", "localhost", "[::1]")
                                        .contains(url.getHost())));
    }

    private static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    private static boolean isUrl(String text) {
        try {
            var url = new URI(text);
            return url.getHost() != null
                    && List.of("http", "https").contains(String.valueOf(url.getScheme()));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static Rule<?> names(String name, String allowed) {
        return new Rule<>(
                name,
                Bindable.listOf(String.class),
                all -> !all.isEmpty() && all.stream().noneMatch(String::isBlank),
                allowed);
    }

    private static Rule<?> claim(String name) {
        return new Rule<>(name, String.class, text -> !text.isBlank(), "the name of a claim");
    }

    private static boolean isTime(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) >= 0;
    }

    private static boolean isPort(int number) {
        return number >= 0 && number <= LAST_PORT;
    }

    /** Every name of those that {@code cairn.} begins. */
    static List<String> names() {
        return Stream.concat(
                        RULES.stream().map(Rule::name).filter(name -> name.startsWith("cairn.")),
                        Arrays.stream(Limit.values()).map(limit -> LIMITS + "." + limit.key()))
                .toList();
    }
}
