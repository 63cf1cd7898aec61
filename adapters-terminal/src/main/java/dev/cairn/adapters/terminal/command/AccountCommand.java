package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.AccountData;
import dev.cairn.adapters.terminal.display.AccountLines;
import dev.cairn.adapters.terminal.display.EvidenceLines;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.question.AccountText;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AccountOverviewUseCase.AskedMetrics;
import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
import dev.cairn.application.port.in.AccountOverviewUseCase.Near;
import dev.cairn.application.port.in.AccountOverviewUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.MetricsQuestion;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is known of one account. */
@Command(
        name = "account",
        description = {
            "Shows what is known of one account: attributes and their history, health and why it moved, what became of accounts in its",
            "band, successes, changes, alerts, metrics with their trend and where the account stands among its peers, what the catalogue lists",
            "(open tickets, renewals, goals), latest facts, and how far the data can be trusted."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn account A0016 --as-of 2026-07-01",
            "  cairn account A0016 --only metrics --metrics all --peers account.segment --as-of 2026-07-01",
            "  cairn account A0016 --only facts --facts event --first 20"
        })
public final class AccountCommand extends DataCommand {
    private static final String ALL = "all";
    private static final int SHOWN = 20;

    /** Of those that paid when the days began, whether they still do. */
    private static final String PAYS = "case when mrr_start > 0 then mrr > 0 end";

    /** A part of the page. */
    enum Part {
        ATTRIBUTES,
        HEALTH,
        BAND,
        SUCCESSES,
        CHANGES,
        ALERTS,
        METRICS,
        LISTS,
        FACTS,
        TRUST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "ACCOUNT", description = "The account, by its key.")
    private String account;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = {
                "Only these parts: attributes, health, band, successes, changes, alerts, metrics,",
                "lists, facts, trust."
            })
    private List<Part> only = new ArrayList<>();

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "METRIC",
            description = {
                "Metrics by key, or all. Default: of all that the account can have the "
                        + SHOWN
                        + " whose standing is",
                "farthest from the middle."
            })
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--grain",
            paramLabel = "GRAIN",
            defaultValue = "month",
            description =
                    "Periods of metrics: day, week, month, quarter or year. Default: ${DEFAULT-VALUE}.")
    private String grain = "month";

    @Option(
            names = "--periods",
            paramLabel = "COUNT",
            defaultValue = "" + MetricsQuestion.PERIODS,
            description =
                    "How many periods, the last of which ended by now. Default: ${DEFAULT-VALUE}.")
    private int periods = MetricsQuestion.PERIODS;

    @Option(
            names = "--peers",
            paramLabel = "ATTRIBUTE",
            description =
                    "Attribute that peers share with the account: account.segment. Default: all accounts are peers.")
    private @Nullable String peers;

    @Option(
            names = "--health",
            paramLabel = "METRIC",
            defaultValue = "health",
            description = "The score. Default: ${DEFAULT-VALUE}.")
    private String health = "health";

    @Option(
            names = "--days",
            paramLabel = "COUNT",
            defaultValue = "30",
            description =
                    "How many days before the score is compared with. Default: ${DEFAULT-VALUE}.")
    private int days = 30;

    @Option(
            names = "--outcome",
            paramLabel = "CONDITION",
            defaultValue = PAYS,
            description = {
                "What became of accounts by the band of the score: a condition of one account, empty for those it is not about.",
                "Default: ${DEFAULT-VALUE}."
            })
    private String outcome = PAYS;

    @Option(
            names = "--within",
            paramLabel = "DAYS",
            defaultValue = "90",
            description =
                    "Over how many days that is asked; they are over. Default: ${DEFAULT-VALUE}.")
    private int within = 90;

    @Option(
            names = "--facts",
            split = ",",
            paramLabel = "SOURCE",
            description =
                    "Sources of the latest facts. Default: all that are of accounts and have a time.")
    private List<String> facts = new ArrayList<>();

    @Option(
            names = "--first",
            paramLabel = "ROWS",
            defaultValue = "10",
            description = "Rows of a list, and facts. Default: ${DEFAULT-VALUE}.")
    private int first = 10;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "The next page of the facts of one source, by the cursor that json has.")
    private @Nullable String after;

    @Mixin private NowOptions now = new NowOptions();

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description = "Facts as they were known then, as for query.")
    private @Nullable String knownAt;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        grain();
    }

    private Grain grain() {
        return Arrays.stream(Grain.values())
                .filter(one -> one.text().equals(grain.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        notUnderstood(
                                "--grain is day, week, month, quarter or year, not '%s'.", grain));
    }

    private boolean shows(Part part) {
        return only.isEmpty() || only.contains(part);
    }

    @Override
    int run(UseCases cairn) {
        var read = AccountText.read(account, now.zone(), now.asOf(), knownAt);
        if (!read.problems().isEmpty()) {
            return refused(read.problems());
        }
        return switch (cairn.overviews().find(read.asked(), Caller.LOCAL)) {
            case Found.Unknown(var nearest) -> refused(List.of(unknown(nearest)));
            case Found.Known known -> shown(known, cairn);
        };
    }

    private Problem unknown(List<Near> nearest) {
        var near =
                nearest.isEmpty()
                        ? ""
                        : " Near are: "
                                + String.join(
                                        ", ",
                                        nearest.stream()
                                                .map(one ->
                                                        one.name().equals(one.key())
                                                                ? one.key()
                                                                : "%s (%s)"
                                                                        .formatted(
                                                                                one.key(),
                                                                                one.name()))
                                                .toList())
                                + ".";
        return Problem.of(
                ProblemCode.BAD_VALUE, Place.NOWHERE, "No account '%s'.%s", account, near);
    }

    private int refused(List<Problem> problems) {
        Report.problems(problems.stream().map(AccountText::typed).toList(), format, out(), err());
        return 1;
    }

    /** Each part as soon as it is there; what is wrong with one is reported at the end, and leaves the others. */
    private int shown(Found.Known known, UseCases cairn) {
        var page = new Page(known, cairn);
        page.head();
        if (shows(Part.ATTRIBUTES)) {
            page.attributes();
        }
        if (shows(Part.HEALTH)) {
            page.health();
        }
        if (shows(Part.BAND)) {
            page.band();
        }
        if (shows(Part.SUCCESSES)) {
            page.successes();
        }
        if (shows(Part.CHANGES)) {
            page.changes();
        }
        if (shows(Part.ALERTS)) {
            page.alerts();
        }
        if (shows(Part.METRICS)) {
            page.metrics();
        }
        if (shows(Part.LISTS)) {
            page.lists();
        }
        if (shows(Part.FACTS)) {
            page.facts();
        }
        if (shows(Part.TRUST)) {
            page.trust();
        }
        return page.end();
    }

    /** The page while it is written. */
    private final class Page {
        private final Found.Known known;
        private final UseCases cairn;
        private final AccountOverviewUseCase overviews;
        private final AccountLines lines;
        private final EvidenceLines evidence;
        private final Map<String, @Nullable Object> json = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private boolean isBegun;

        Page(Found.Known known, UseCases cairn) {
            this.known = known;
            this.cairn = cairn;
            this.overviews = cairn.overviews();
            this.lines = new AccountLines(known.subject().zone(), Screen.current());
            this.evidence = new EvidenceLines(known.subject().zone(), Screen.current());
        }

        void head() {
            print(lines.head(known));
            json.putAll(AccountData.head(known));
        }

        void attributes() {
            var attributes = overviews.attributes(known);
            print(lines.attributes(attributes));
            json.put("attributes", AccountData.attributes(attributes));
            answered(
                    overviews.children(known, Caller.LOCAL, cairn.deadline()),
                    children -> {
                        print(lines.children(children));
                        json.put("children", children);
                    });
        }

        void health() {
            answered(
                    overviews.health(known, health, days, Caller.LOCAL, cairn.deadline()),
                    change -> {
                        var last = known.subject().lastDay();
                        print(lines.health(health, change, last.minusDays(days), last));
                        json.put("health", AccountData.health(health, change));
                    });
        }

        /** Where nobody asked for it, a company that has not what it is about by default has no such part. */
        void band() {
            boolean isAsked = only.contains(Part.BAND) || !outcome.equals(PAYS);
            if (knownAt != null && !isAsked) {
                return;
            }
            var found =
                    overviews.band(known, health, outcome, within, Caller.LOCAL, cairn.deadline());
            if (found instanceof Outcome.Rejected<BandOfAccount> && !isAsked) {
                return;
            }
            answered(
                    within(found),
                    band -> {
                        print(evidence.band(band, outcome));
                        json.put("band", AccountData.band(band));
                    });
        }

        /** Days are those of another option here. */
        private static Outcome<BandOfAccount> within(Outcome<BandOfAccount> outcome) {
            return outcome instanceof Outcome.Rejected<BandOfAccount>(var found)
                    ? new Outcome.Rejected<>(
                            found.stream()
                                    .map(problem ->
                                            problem.place().path().equals(List.of("days"))
                                                    ? problem.in(Place.of("within"))
                                                    : problem)
                                    .toList())
                    : outcome;
        }

        void successes() {
            answered(
                    overviews.successes(known, Caller.LOCAL, cairn.deadline()),
                    successes -> {
                        print(evidence.successes(successes));
                        json.put("successes", AccountData.successes(successes));
                    });
        }

        void changes() {
            answered(
                    overviews.changes(known, Caller.LOCAL, cairn.deadline()),
                    changes -> {
                        print(evidence.changes(changes));
                        json.put("changes", AccountData.changes(changes));
                    });
        }

        void alerts() {
            answered(
                    overviews.alerts(known, first, Caller.LOCAL),
                    alerts -> {
                        print(evidence.alerts(alerts));
                        json.put("alerts", AccountData.alerts(alerts));
                    });
        }

        void trust() {
            var sources = overviews.trust(Caller.LOCAL, cairn.deadline());
            print(evidence.trust(sources));
            json.put("trust", AccountData.trust(sources));
        }

        void metrics() {
            boolean all = metrics.equals(List.of(ALL));
            var asked =
                    new AskedMetrics(
                            all ? List.of() : metrics, List.of(), grain(), periods, peers, true);
            answered(
                    overviews.metrics(known, asked, Caller.LOCAL, cairn.deadline()),
                    answer -> {
                        print(lines.metrics(answer, grain(), metrics.isEmpty() ? SHOWN : null));
                        json.put("metrics", AccountData.metrics(answer));
                    });
        }

        void lists() {
            answered(
                    overviews.lists(known, first, Caller.LOCAL, cairn.deadline()),
                    rows -> {
                        print(lines.lists(rows));
                        json.put("lists", AccountData.rows(rows));
                    });
        }

        void facts() {
            answered(
                    overviews.facts(known, facts, first, after, Caller.LOCAL, cairn.deadline()),
                    rows -> {
                        print(lines.facts(rows, first));
                        json.put("facts", AccountData.rows(rows));
                    });
        }

        private <T> void answered(Outcome<T> outcome, Consumer<T> shown) {
            switch (outcome) {
                case Outcome.Answered<T>(var answer) -> shown.accept(answer);
                case Outcome.Rejected<T>(var found) -> problems.addAll(found);
            }
        }

        private void print(List<String> part) {
            if (format == Format.TEXT && !part.isEmpty()) {
                if (isBegun) {
                    out().println();
                }
                part.forEach(out()::println);
                out().flush();
                isBegun = true;
            }
        }

        int end() {
            if (!problems.isEmpty()) {
                return refused(problems);
            }
            if (format == Format.JSON) {
                Report.json(json, out());
            }
            return 0;
        }
    }
}
