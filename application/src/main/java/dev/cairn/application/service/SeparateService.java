package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.planner.SourcesRead;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation;
import dev.cairn.domain.separation.SeparationCheck;
import dev.cairn.domain.separation.SeparationCheck.Checked;
import dev.cairn.domain.separation.SeparationQuery;
import dev.cairn.domain.separation.SeparationQuestion;
import dev.cairn.domain.separation.SeparationQuestion.When;
import dev.cairn.domain.separation.Separations;
import dev.cairn.domain.trust.SourceTrust;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads metrics and success of each account, as of when each was known, and computes how well the ones tell the other. */
public final class SeparateService implements SeparateUseCase {
    /** Metrics that are read by one statement. */
    private static final int BATCH = 40;

    private final Catalogs catalogs;
    private final BrowseCatalogUseCase browse;
    private final AnalyzeUseCase analyses;
    private final AccountSample samples;
    private final Clock clock;
    private final Workers workers;

    public SeparateService(
            Catalogs catalogs,
            BrowseCatalogUseCase browse,
            AnalyzeUseCase analyses,
            AccountSample samples,
            Clock clock,
            Workers workers) {
        this.catalogs = catalogs;
        this.browse = browse;
        this.analyses = analyses;
        this.samples = samples;
        this.clock = clock;
        this.workers = workers;
    }

    /** Some question is not answered. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Problem> problems;

        Refused(List<Problem> problems) {
            super("refused", null, false, false);
            this.problems = problems;
        }
    }

    @Override
    public Outcome<Separation> separate(SeparationQuery query, Caller caller, Deadline deadline) {
        var now = query.asOf() == null ? clock.instant() : query.asOf();
        return switch (SeparationCheck.of(query, catalogs.current(), now)) {
            case Checked.Unsound(var problems, var rest) ->
                    new Outcome.Rejected<>(withRest(problems, rest, caller, deadline));
            case Checked.Sound(var question, var asNow) -> {
                try {
                    yield new Outcome.Answered<>(
                            separated(question, asNow, new Reading(caller, deadline)));
                } catch (Refused refused) {
                    yield new Outcome.Rejected<>(question.placed(refused.problems));
                }
            }
        };
    }

    /** What is wrong besides, such as names that are not known. */
    private List<Problem> withRest(
            List<Problem> problems, SeparationQuestion rest, Caller caller, Deadline deadline) {
        var further = AccountSample.problems(rest.features(), analyses, caller, deadline);
        return Stream.concat(problems.stream(), rest.placed(further).stream()).distinct().toList();
    }

    private Separation separated(SeparationQuestion question, List<String> asNow, Reading reading) {
        var features = reading.sample(question.features());
        var labels = reading.maybe(question.labels());
        var leads = new LinkedHashMap<Integer, Sample>();
        for (int weeks : new LinkedHashSet<>(question.query().leadWeeks())) {
            leads.put(weeks, reading.sample(question.lead(weeks)));
        }
        var earlier = new ArrayList<Separations.Then>();
        if (question.when() instanceof When.Dates) {
            for (int back = 1; back <= question.query().slices(); back++) {
                earlier.add(
                        new Separations.Then(
                                question.earlier(back),
                                reading.sample(question.slice(back)),
                                reading.maybe(question.labelsOfSlice(back))));
            }
        }
        var metric = question.metrics().getFirst();
        return Workers.done(
                workers.large(),
                reading.caller(),
                reading.deadline(),
                () ->
                        Separations.of(question, features, labels)
                                .separation(
                                        metric.key(),
                                        text(question.query().metric()),
                                        leads,
                                        earlier,
                                        asNow));
    }

    private static String text(MetricReference metric) {
        return switch (metric) {
            case MetricReference.ByKey(var key) -> key;
            case MetricReference.Pinned(var key, _) -> key;
            case MetricReference.Inline(var formula) -> formula;
        };
    }

    @Override
    public Outcome<MetricAudit> audit(SeparationQuery asked, Caller caller, Deadline deadline) {
        var query = ofAll(asked);
        var now = query.asOf() == null ? clock.instant() : query.asOf();
        var catalog = catalogs.current();
        return switch (SeparationCheck.ofAll(query, catalog, now)) {
            case Checked.Unsound(var problems, var rest) ->
                    new Outcome.Rejected<>(withRest(problems, rest, caller, deadline));
            case Checked.Sound(var question, _) -> {
                try {
                    yield new Outcome.Answered<>(
                            new Audited(question, catalog, new Reading(caller, deadline)).answer());
                } catch (Refused refused) {
                    yield new Outcome.Rejected<>(question.placed(refused.problems));
                }
            }
        };
    }

    private static SeparationQuery ofAll(SeparationQuery asked) {
        return new SeparationQuery(
                asked.metric(),
                asked.success(),
                asked.from(),
                asked.to(),
                asked.days(),
                asked.where(),
                asked.cohort(),
                null,
                List.of(),
                0,
                asked.crossSectional(),
                asked.zone(),
                asked.asOf());
    }

    /** Asks for samples, each by one statement. */
    private final class Reading {
        private final Caller caller;
        private final Deadline deadline;

        Reading(Caller caller, Deadline deadline) {
            this.caller = caller;
            this.deadline = deadline;
        }

        Caller caller() {
            return caller;
        }

        Deadline deadline() {
            return deadline;
        }

        Sample sample(AnalysisQuery query) {
            return switch (samples.of(query, caller, deadline)) {
                case AccountSample.Outcome.Taken(var sample) -> sample;
                case AccountSample.Outcome.Rejected(var problems) -> throw new Refused(problems);
            };
        }

        @Nullable Sample maybe(@Nullable AnalysisQuery query) {
            return query == null ? null : sample(query);
        }
    }

    /** All metrics of the catalogue, so many at a time; what cannot be read is left out with the reason. */
    private final class Audited {
        private final SeparationQuestion question;
        private final Catalog catalog;
        private final Reading reading;
        private final List<MetricAudit.Refused> refused = new ArrayList<>();
        private final Set<String> withTarget;
        private final Map<String, SourceTrust> trusts = new HashMap<>();

        Audited(SeparationQuestion question, Catalog catalog, Reading reading) {
            this.question = question;
            this.catalog = catalog;
            this.reading = reading;
            this.withTarget =
                    catalog.all(Target.class).stream()
                            // Who sees some accounts only is not told what is to be reached by
                            // others.
                            .filter(target ->
                                    !reading.caller().isScoped() || target.scope().isEmpty())
                            .map(Target::metric)
                            .collect(Collectors.toSet());
        }

        MetricAudit answer() {
            var labels = reading.maybe(question.labels());
            var metrics = metrics();
            var rows = new ArrayList<MetricAudit.Row>();
            var first = read(List.of());
            for (int from = 0; from < metrics.size(); from += BATCH) {
                rows.addAll(
                        rows(
                                new ArrayList<>(
                                        metrics.subList(
                                                from, Math.min(metrics.size(), from + BATCH))),
                                labels));
            }
            var accounts = Separations.of(question, first, labels);
            return new MetricAudit(
                    question.success().name(),
                    accounts.read(),
                    accounts.ofAccounts(),
                    MetricAudit.ranked(rows),
                    refused);
        }

        private Sample read(List<Metric> metrics) {
            return reading.sample(of(metrics).features());
        }

        private SeparationQuestion of(List<Metric> metrics) {
            return question.of(metrics.stream().map(SeparationCheck::asked).toList());
        }

        private List<Metric> metrics() {
            var usable = new ArrayList<Metric>();
            for (var metric : browse.commonMetrics(Set.of("account"))) {
                if (metric.status() != Metric.Status.PUBLISHED) {
                    continue;
                }
                if (SeparationCheck.isBounded(metric, question.when(), catalog)) {
                    usable.add(metric);
                } else {
                    refused.add(
                            new MetricAudit.Refused(
                                    metric.name(),
                                    "It has a window of its own, or asks for a cohort over facts, which days that are counted from a date of the account do not bound."));
                }
            }
            return usable;
        }

        /** Without those that are refused; where it is not said which those are, they are found by halves. */
        private List<MetricAudit.Row> rows(List<Metric> metrics, @Nullable Sample labels) {
            while (!metrics.isEmpty()) {
                try {
                    return rowsOf(metrics, labels);
                } catch (Refused problems) {
                    if (!drop(metrics, problems.problems)) {
                        return metrics.size() > 1
                                ? halves(metrics, labels)
                                : refuse(metrics.getFirst(), problems.problems);
                    }
                }
            }
            return List.of();
        }

        private List<MetricAudit.Row> halves(List<Metric> metrics, @Nullable Sample labels) {
            int half = metrics.size() / 2;
            var rows = new ArrayList<>(rows(new ArrayList<>(metrics.subList(0, half)), labels));
            rows.addAll(rows(new ArrayList<>(metrics.subList(half, metrics.size())), labels));
            return rows;
        }

        private List<MetricAudit.Row> refuse(Metric metric, List<Problem> problems) {
            refused.add(new MetricAudit.Refused(metric.name(), problems.getFirst().message()));
            return List.of();
        }

        private List<MetricAudit.Row> rowsOf(List<Metric> metrics, @Nullable Sample labels) {
            var asked = of(metrics);
            var features = reading.sample(asked.features());
            var before = reading.maybe(asked.before());
            var grades = metrics.stream().collect(Collectors.toMap(Metric::name, this::grades));
            return Workers.done(
                    workers.large(),
                    reading.caller(),
                    reading.deadline(),
                    () -> {
                        var separations = Separations.of(asked, features, labels);
                        return metrics.stream()
                                .map(metric ->
                                        separations.row(
                                                metric,
                                                withTarget.contains(metric.name()),
                                                grades.getOrDefault(metric.name(), List.of()),
                                                before,
                                                SeparationCheck.asNow(metric, asked, catalog)))
                                .toList();
                    });
        }

        /** Each source is looked at once. */
        private List<MetricAudit.SourceGrade> grades(Metric metric) {
            var read = SourcesRead.of(metric.name(), catalog);
            var unknown =
                    read.stream()
                            .filter(source -> !trusts.containsKey(source))
                            .collect(Collectors.toSet());
            if (!unknown.isEmpty()) {
                trusts.putAll(catalogs.metricsOf(catalog).trusts().of(unknown));
            }
            return read.stream()
                    .map(source -> new MetricAudit.SourceGrade(source, grade(trusts.get(source))))
                    .toList();
        }

        /** None of a source that somebody removed meanwhile. */
        private static @Nullable Grade grade(@Nullable SourceTrust trust) {
            return trust == null ? null : trust.grade();
        }

        private boolean drop(List<Metric> metrics, List<Problem> problems) {
            var faults = new LinkedHashMap<Metric, String>();
            for (var problem : problems) {
                var path = problem.place().path();
                if (path.size() > 1 && path.getFirst().equals("metrics")) {
                    int at = Integer.parseInt(path.get(1));
                    if (at < metrics.size()) {
                        faults.putIfAbsent(metrics.get(at), problem.message());
                    }
                }
            }
            faults.forEach((metric, reason) ->
                    refused.add(new MetricAudit.Refused(metric.name(), reason)));
            return metrics.removeAll(faults.keySet());
        }
    }
}
