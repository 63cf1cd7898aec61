package dev.cairn.application.port.in;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.model.Metric.MetricDomain;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.overview.RowsOfAccount;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.overview.SuccessOfAccount;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.SourceTrust;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what is known of one account. All of it but its attributes is answers to questions of the language, each part asked when it is called for. */
public interface AccountOverviewUseCase {
    /** The account; {@link Found.Unknown} where there is none, or the caller may not see it. */
    Found find(Asked asked, Caller caller);

    /** Its attributes, in the order of the entity. */
    List<AttributeOfAccount> attributes(Found.Known account);

    /**
     * Accounts that belong to it, by key: those that a link of accounts leads from to it, as of the day.
     *
     * @throws AnalysisFailed as all that follow, as {@link AnalyzeUseCase#analyze}
     */
    Outcome<List<Child>> children(Found.Known account, Caller caller, Deadline deadline);

    /** Its metrics; two statements for each {@link dev.cairn.domain.overview.MetricsQuestion#BATCH} of them, and one for the group of peers. */
    Outcome<AccountMetrics> metrics(
            Found.Known account, AskedMetrics asked, Caller caller, Deadline deadline);

    /**
     * How a score of it changed within some days up to the last that has begun, and what each part did to that.
     *
     * @param metric a metric with the score of an account
     * @param days 1 or more
     */
    Outcome<ScoreChange> health(
            Found.Known account, String metric, int days, Caller caller, Deadline deadline);

    /**
     * What the catalogue has listed of an account: of each metric that says so the first rows behind it on the last day that has begun; a statement for each, and one for
     * them all.
     */
    Outcome<RowsOfAccount> lists(Found.Known account, int first, Caller caller, Deadline deadline);

    /**
     * Its latest facts, the latest first: of each source that has any a statement, and one for them all.
     *
     * @param sources by name; empty: all that are of accounts and have a time
     * @param after the cursor of the last row had, of one source; null: from the latest
     */
    Outcome<RowsOfAccount> facts(
            Found.Known account,
            List<String> sources,
            int first,
            @Nullable String after,
            Caller caller,
            Deadline deadline);

    /**
     * What became of accounts whose score was in the band that its own is in now; three statements.
     *
     * @param metric a metric of an account with bands
     * @param outcome condition of one account over the days, which is the good outcome; where it is empty, the account is left out
     * @param days 1 or more; the last of them is over
     */
    Outcome<BandOfAccount> band(
            Found.Known account,
            String metric,
            String outcome,
            int days,
            Caller caller,
            Deadline deadline);

    /** Whether it has succeeded, by each definition of success, in the order of their names: one statement for each time in which some are decided. */
    Outcome<List<SuccessOfAccount>> successes(
            Found.Known account, Caller caller, Deadline deadline);

    /**
     * Which changes concerned it, the latest first: of those that were written down up to now the latest {@link ChangeOfAccount#MOST}, none where changes are not
     * written down. Refused to callers who see some accounts only, as markers are of no account. A statement, and one for each.
     */
    Outcome<List<ChangeOfAccount>> changes(Found.Known account, Caller caller, Deadline deadline);

    /**
     * What the latest {@link #EVENTS} events of alerts told of it, the latest first; empty for who sees only some accounts. Two statements.
     *
     * @param first so many of them, 1 to {@link #EVENTS}
     */
    Outcome<List<AlertOfAccount>> alerts(Found.Known account, int first, Caller caller);

    /** How far the sources of facts of accounts can be trusted of which something is expected, in the order of names. Counted again only once facts have changed. */
    List<SourceTrust> trust(Caller caller, Deadline deadline);

    /** How many events of alerts are looked through. */
    int EVENTS = 200;

    /**
     * An alert that names the account.
     *
     * @param reason of the event, of which the account is one of the accounts
     * @param stands whether the alert still stands for the group
     */
    record AlertOfAccount(AlertEvent event, AlertNews.Reason reason, boolean stands) {}

    /**
     * Which account, and when.
     *
     * @param weekStarts null: as it is configured
     * @param asOf what counts as now; null: {@code knownAt} where it is given, else now
     * @param knownAt by when facts had been recorded that are read; null: what is known now
     */
    record Asked(
            String account,
            ZoneId zone,
            @Nullable DayOfWeek weekStarts,
            @Nullable Instant asOf,
            @Nullable Instant knownAt) {}

    /**
     * Which metrics.
     *
     * @param metrics by key; empty: all that are published and can be asked of an account
     * @param domains only metrics of these; empty: of all
     * @param periods how many whole periods, the last of which ended by now
     * @param peersBy attribute that peers share with the account, as a dimension; null: all accounts are peers
     * @param withPeers whether standings are asked for
     */
    record AskedMetrics(
            List<String> metrics,
            List<MetricDomain> domains,
            Grain grain,
            int periods,
            @Nullable String peersBy,
            boolean withPeers) {
        public AskedMetrics {
            metrics = List.copyOf(metrics);
            domains = List.copyOf(domains);
        }
    }

    /** What came of looking for the account. */
    sealed interface Found {
        record Known(Account account, Subject subject) implements Found {
            public boolean isTest() {
                return !subject.marks().isEmpty();
            }
        }

        /** @param nearest accounts whose key or name is near */
        record Unknown(List<Near> nearest) implements Found {
            public Unknown {
                nearest = List.copyOf(nearest);
            }
        }
    }

    /** An account that may have been meant. */
    record Near(String key, String name) {}

    /**
     * An account that belongs to another.
     *
     * @param link by which
     * @param name null where it has none
     */
    record Child(String key, @Nullable String name, String link) {}

    /** What came of a part. */
    sealed interface Outcome<T> {
        record Answered<T>(T answer) implements Outcome<T> {}

        record Rejected<T>(List<Problem> problems) implements Outcome<T> {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
