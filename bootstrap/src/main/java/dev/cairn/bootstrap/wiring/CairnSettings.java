package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.signin.TokenRules;
import dev.cairn.adapters.graphql.signin.TokenRules.Unscoped;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.bootstrap.settings.Documents;
import dev.cairn.domain.analysis.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of Cairn itself, below {@code cairn.}.
 *
 * @param dataDir the folder the embedded PostgreSQL keeps everything in
 * @param sample whether a service without definitions imports a small made-up company
 * @param graphiql whether there is a page to ask questions on; left out: where only this machine can open it, and any document is executed
 * @param introspection whether the schema can be asked for over GraphQL
 * @param documents which documents are executed
 * @param documentsDir the folder of registered documents; null: there are none
 * @param hosts names under which a proxy passes requests on, besides those of this machine
 * @param proxy addresses, also ranges, of the proxies that pass requests on; where there are any, others ask over TLS or from this machine
 * @param origins of pages elsewhere that may ask from a browser, as browsers write them
 * @param auth how people and programs sign in; as long as neither way is set, nobody does
 * @param weekStarts the first day of a week, unless a question says another
 * @param tables which tables of the database sources may be mapped on
 * @param questions how large questions are kept from holding up small ones
 * @param audit how long is kept what was done
 * @param metrics whether there are measurements for administrators at {@code /metrics}
 * @param traces where traces of requests are sent, as OTLP over HTTP; null: nowhere
 * @param callers what each of those who sign in may ask at once, and in a minute
 * @param cache what is kept of questions that were asked before
 * @param exports how many rows exports have, and how long they take
 * @param statistics what is compared at once
 * @param sqlFace who reads saved questions as views of the database
 * @param alerts by which ways alerts reach people
 * @param limits what one request may cost, where that is not as usual: see {@link LimitSettings}
 */
@ConfigurationProperties("cairn")
public record CairnSettings(
        @DefaultValue("./data") Path dataDir,
        @DefaultValue("true") boolean sample,
        @DefaultValue Postgres postgres,
        @Nullable Boolean graphiql,
        @DefaultValue("true") boolean introspection,
        @DefaultValue("any") Documents documents,
        @Nullable Path documentsDir,
        @DefaultValue List<String> hosts,
        @DefaultValue List<String> proxy,
        @DefaultValue List<String> origins,
        @DefaultValue Auth auth,
        @DefaultValue("monday") DayOfWeek weekStarts,
        @DefaultValue Tables tables,
        @DefaultValue Questions questions,
        @DefaultValue Audit audit,
        @DefaultValue("false") boolean metrics,
        @Nullable String traces,
        @DefaultValue Callers callers,
        @DefaultValue Cache cache,
        @DefaultValue Exports exports,
        @DefaultValue Statistics statistics,
        @DefaultValue SqlFace sqlFace,
        @DefaultValue Alerts alerts,
        @DefaultValue Map<String, String> limits) {

    /** Whether a service that listens on this address has a page to ask questions on. */
    public boolean hasPageAt(String address) {
        return graphiql == null
                ? LoopbackOnly.isLoopback(address) && documents == Documents.ANY
                : graphiql;
    }

    /**
     * Signing in.
     *
     * @param keys whether keys of Cairn are taken
     * @param oidc whose tokens are taken
     */
    public record Auth(@DefaultValue("false") boolean keys, @DefaultValue Oidc oidc) {
        /** Whether everybody has to sign in. */
        public boolean isOn() {
            return keys || oidc.issuer() != null;
        }

        /** How people sign in, in words. */
        public String ways() {
            return Stream.of(
                            keys ? "with a key of Cairn ('cairn key create')" : "",
                            oidc.issuer() == null ? "" : "with a token of " + oidc.issuer())
                    .filter(way -> !way.isEmpty())
                    .collect(Collectors.joining(" or "));
        }
    }

    /**
     * Tokens of an OpenID Connect provider; see {@link TokenRules}.
     *
     * @param issuer null: none are taken
     * @param audience at least one, where tokens are taken
     */
    public record Oidc(
            @Nullable URI issuer,
            @DefaultValue List<String> audience,
            @DefaultValue("RS256") List<String> algorithms,
            @DefaultValue("sub") String nameClaim,
            @DefaultValue("roles") String roleClaim,
            @DefaultValue Roles roles,
            @DefaultValue("cairn_scopes") String scopesClaim,
            @DefaultValue("refuse") Unscoped withoutScopes) {

        /** Empty where no tokens are taken. */
        public Optional<TokenRules> rules() {
            return Optional.ofNullable(issuer)
                    .map(known ->
                            new TokenRules(
                                    known,
                                    Set.copyOf(audience),
                                    Set.copyOf(algorithms),
                                    nameClaim,
                                    roleClaim,
                                    Map.of(
                                            Role.VIEWER, roles.viewer(),
                                            Role.ANALYST, roles.analyst(),
                                            Role.ADMIN, roles.admin()),
                                    scopesClaim,
                                    withoutScopes));
        }
    }

    /** What a token has to say for each role; names that no other application has by chance. */
    public record Roles(
            @DefaultValue("cairn-viewer") List<String> viewer,
            @DefaultValue("cairn-analyst") List<String> analyst,
            @DefaultValue("cairn-admin") List<String> admin) {}

    /**
     * Alerts, whose events are told by each way that is set.
     *
     * @param webhook where they are posted to; null: nowhere
     * @param webhookSecret what they are signed with
     * @param mailTo to whom they are sent as mail, by the server of {@code spring.mail}; empty: to nobody
     * @param mailFrom who sends them
     * @param days how long what was told is kept
     */
    public record Alerts(
            @Nullable URI webhook,
            @Nullable String webhookSecret,
            @DefaultValue List<String> mailTo,
            @Nullable String mailFrom,
            @DefaultValue("400") int days) {
        public Duration kept() {
            return Duration.ofDays(days);
        }
    }

    /**
     * The audit log.
     *
     * @param days how old its entries get; null: they are kept for ever
     */
    public record Audit(@Nullable Integer days) {
        public @Nullable Duration kept() {
            return days == null ? null : Duration.ofDays(days);
        }
    }

    /**
     * The embedded PostgreSQL.
     *
     * @param port the port of 127.0.0.1 it listens on; 0 takes any free one
     * @param startTimeout how long to wait for it to start or stop
     */
    public record Postgres(
            @DefaultValue("5442") int port, @DefaultValue("90s") Duration startTimeout) {}

    /**
     * Tables that are not Cairn's own.
     *
     * @param schemas that they may be of; empty: all that Cairn's role can read
     */
    public record Tables(@DefaultValue List<String> schemas) {}

    /**
     * Answers with all their rows.
     *
     * @param rows that one has at most
     * @param atOnce how many are sent at once; the others wait within their time
     * @param time that one may take, from its arrival to its last row
     * @param patience how long rows that are read wait for a client to take those before them
     */
    public record Exports(
            @DefaultValue("10000000") int rows,
            @DefaultValue("2") int atOnce,
            @DefaultValue("10m") Duration time,
            @DefaultValue("30s") Duration patience) {}

    /**
     * Comparisons of accounts.
     *
     * @param accounts whose values are held in memory at once; of more a comparison is refused
     * @param guardsEvery how long after a look whether guards are to be measured anew the next one is
     */
    public record Statistics(
            @DefaultValue("200000") int accounts, @DefaultValue("1m") Duration guardsEvery) {}

    /**
     * Saved questions as views of the database.
     *
     * @param schema that they are in, with nothing else
     * @param roles of the database, each behind the name of the access scope that it has: {@code emea:bi_emea}
     * @param unscopedRole that sees all accounts; null: none does
     */
    public record SqlFace(
            @DefaultValue("cairn_sql") String schema,
            @DefaultValue List<String> roles,
            @Nullable String unscopedRole) {
        /** Whether there are views. */
        public boolean isOn() {
            return !roles.isEmpty() || unscopedRole != null;
        }

        /** By scope. */
        public Map<String, String> ofScopes() {
            return roles.stream()
                    .map(pair -> pair.split(":", 2))
                    .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip()));
        }
    }

    /**
     * Large questions, and slow ones.
     *
     * @param largeFrom rows that a question is expected to read from which it is large
     * @param largeAtOnce how many large ones are answered at once; the others wait within their time
     * @param mostRows rows that a question may be expected to read and make; one of more is refused
     * @param answerMegabytes that one answer may take in memory, about; one of more is given up
     * @param waiting pieces of work of all callers that wait for their turn at most, of each of three kinds: to plan, small and large
     * @param slow requests that take at least this long are logged
     * @param slowPlan whether it is logged too how the database goes about their statements
     */
    public record Questions(
            @DefaultValue("2000000") long largeFrom,
            @DefaultValue("4") int largeAtOnce,
            @DefaultValue("2000000000") long mostRows,
            @DefaultValue("64") int answerMegabytes,
            @DefaultValue("2000") int waiting,
            @DefaultValue("2s") Duration slow,
            @DefaultValue("false") boolean slowPlan) {
        private static final long BYTES = 1L << 20;

        /** How much one question may take. */
        public JooqAnalysisExecutor.Most most() {
            return new JooqAnalysisExecutor.Most(mostRows, answerMegabytes * BYTES);
        }
    }

    /**
     * One of those who sign in; where nobody does, nothing of it holds.
     *
     * @param atOnce requests that are not answered yet, at most
     * @param perMinute requests in a minute on average, at most
     * @param waiting pieces of work that wait for their turn at most, of each kind
     */
    public record Callers(
            @DefaultValue("64") int atOnce,
            @DefaultValue("6000") int perMinute,
            @DefaultValue("200") int waiting) {}

    /**
     * What is kept of questions that were asked before.
     *
     * @param megabytes that it may take in all; 0: nothing is kept, and no two questions are answered by one statement
     */
    public record Cache(@DefaultValue("64") int megabytes) {
        private static final long BYTES = 1L << 20;

        /** Plans take a quarter. */
        public long bytesOfPlans() {
            return megabytes * BYTES / 4;
        }

        /** Responses another. */
        public long bytesOfResponses() {
            return megabytes * BYTES / 4;
        }

        public long bytesOfAnswers() {
            return megabytes * BYTES - bytesOfPlans() - bytesOfResponses();
        }
    }
}
