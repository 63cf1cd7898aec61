package dev.cairn.domain.separation;

import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.separation.SeparationQuestion.Asked;
import dev.cairn.domain.separation.SeparationQuestion.When;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with what is asked, as far as that can be told before its questions are asked; above all, that the metric is of a time before success is decided. */
public final class SeparationCheck {
    private static final int MOST_DAYS = 3_660;
    private static final int MOST_WEEKS = 104;
    private static final int MOST_LEADS = 12;
    private static final int MOST_SLICES = 8;

    /** Stands for one that is not known, where it is looked for what else is wrong. */
    private static final Success ANY =
            new Success("any", "any", "", null, "account is not none", null, null);

    private final SeparationQuery query;
    private final Catalog catalog;
    private final Instant now;
    private final Problems problems = new Problems();

    private SeparationCheck(SeparationQuery query, Catalog catalog, Instant now) {
        this.query = query;
        this.catalog = catalog;
        this.now = now;
    }

    /** What came of it. */
    public sealed interface Checked {
        /** @param attributes of the account, and lists of accounts, that the metric reads as they are now */
        record Sound(SeparationQuestion question, List<String> attributes) implements Checked {
            public Sound {
                attributes = List.copyOf(attributes);
            }
        }

        /** @param rest of the question, without what is wrong: what else is wrong is with it */
        record Unsound(List<Problem> problems, SeparationQuestion rest) implements Checked {
            public Unsound {
                problems = List.copyOf(problems);
            }
        }
    }

    /** @param now what counts as now */
    public static Checked of(SeparationQuery query, Catalog catalog, Instant now) {
        var check = new SeparationCheck(query, catalog, now);
        var success = check.success();
        var metric = check.metric();
        check.numbers();
        var when = success.flatMap(check::when);
        if (when.isEmpty() || metric.isEmpty() || !check.problems.isEmpty()) {
            return check.unsound(success, metric);
        }
        var asked = metric.get();
        var reads = ReadsOfNow.of(asked.formula(), catalog);
        if (reads.hasWindow() && when.get() instanceof When.Days days) {
            check.problem(
                    ProblemCode.LEAKAGE,
                    Place.of("metric"),
                    "Days are counted from %s of each account, and the metric has a window of its own, which they do not bound: write it without 'over', 'prior', 'next', bucket edges and cohorts over facts.",
                    days.after());
            return check.unsound(success, metric);
        }
        return new Checked.Sound(
                new SeparationQuestion(
                        query,
                        success.get(),
                        List.of(asked),
                        when.get(),
                        check.start(when.get()),
                        now),
                check.asNow(reads.attributes(), when.get()));
    }

    /** The same for all metrics: the question has none yet. What is said of a metric, a segment, leads and slices does not matter. */
    public static Checked ofAll(SeparationQuery query, Catalog catalog, Instant now) {
        var check = new SeparationCheck(query, catalog, now);
        var success = check.success();
        check.numbers();
        var when = success.flatMap(check::when);
        return when.isEmpty() || !check.problems.isEmpty()
                ? check.unsound(success, Optional.empty())
                : new Checked.Sound(
                        new SeparationQuestion(
                                query,
                                success.get(),
                                List.of(),
                                when.get(),
                                check.start(when.get()),
                                now),
                        List.of());
    }

    /** Whether a metric has windows of its own where days are counted from a date of each account, which do not bound them. */
    public static boolean isBounded(Metric metric, When when, Catalog catalog) {
        return !(when instanceof When.Days)
                || !ReadsOfNow.of(metric.formula(), catalog).hasWindow();
    }

    /** Attributes of the account that a metric reads as they are now, whatever time is asked about. */
    public static List<String> asNow(Metric metric, SeparationQuestion question, Catalog catalog) {
        return new SeparationCheck(question.query(), catalog, question.now())
                .asNow(ReadsOfNow.of(metric.formula(), catalog).attributes(), question.when());
    }

    /** A metric of the catalogue as a column. */
    public static Asked asked(Metric metric) {
        return new Asked(
                metric.name(),
                FormulaPrinter.name(metric.name()),
                metric.level() == Metric.Level.ACCOUNT
                        ? null
                        : new MetricReference.ByKey(metric.name()));
    }

    private Checked unsound(Optional<Success> success, Optional<Asked> metric) {
        return new Checked.Unsound(problems.all(), rest(success.orElse(ANY), metric));
    }

    /** What was written in other parts than those that are wrong, which are as where nobody says anything. */
    private SeparationQuestion rest(Success success, Optional<Asked> metric) {
        boolean isRange =
                query.from() != null && query.to() != null && query.from().isBefore(query.to());
        var asked =
                new SeparationQuery(
                        query.metric(),
                        query.success(),
                        isRange ? query.from() : null,
                        isRange ? query.to() : null,
                        query.days() != null && isOfDays(query.days()) ? query.days() : null,
                        query.where(),
                        query.cohort(),
                        query.segment(),
                        List.of(),
                        0,
                        success.window() == null,
                        query.zone(),
                        query.asOf());
        var check = new SeparationCheck(asked, catalog, now);
        var when =
                check.when(success)
                        .filter(found ->
                                !(found instanceof When.Days)
                                        || metric.filter(this::hasWindow).isEmpty())
                        .or(check::together)
                        .orElseThrow();
        return new SeparationQuestion(
                asked, success, metric.stream().toList(), when, start(when), now);
    }

    private boolean hasWindow(Asked metric) {
        return ReadsOfNow.of(metric.formula(), catalog).hasWindow();
    }

    private Optional<Success> success() {
        var found = catalog.find(query.success(), Success.class);
        if (found.isEmpty()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.UNKNOWN_FIELD,
                                    Place.of("success"),
                                    "No success '%s' is defined.",
                                    query.success())
                            .suggesting(catalog.nearest(query.success(), Success.class)));
        }
        return found;
    }

    private Optional<Asked> metric() {
        return switch (query.metric()) {
            case MetricReference.Inline(var formula) ->
                    Optional.of(new Asked("metric", formula, null));
            case MetricReference.Pinned(var key, _) -> {
                problem(
                        ProblemCode.INCOMPATIBLE,
                        Place.of("metric"),
                        "The metric '%s' is held against success by its version in force.",
                        key);
                yield Optional.empty();
            }
            case MetricReference.ByKey(var key) -> {
                var metric = catalog.entry(key).map(Entry::definition);
                if (metric.isPresent() && metric.get() instanceof Metric known) {
                    yield Optional.of(asked(known));
                }
                problems.add(
                        Problem.of(
                                        ProblemCode.UNKNOWN_METRIC,
                                        Place.of("metric"),
                                        "No metric '%s'.",
                                        key)
                                .suggesting(catalog.nearest(key, Metric.class)));
                yield Optional.empty();
            }
        };
    }

    private static boolean isLead(int weeks) {
        return weeks >= 1 && weeks <= MOST_WEEKS;
    }

    private static boolean isOfDays(int days) {
        return days >= 1 && days <= MOST_DAYS;
    }

    private void numbers() {
        if (query.leadWeeks().size() > MOST_LEADS
                || !query.leadWeeks().stream().allMatch(SeparationCheck::isLead)) {
            problem(
                    ProblemCode.BAD_VALUE,
                    Place.of("leadWeeks"),
                    "Ask for at most %d numbers of weeks, each from 1 to %d.",
                    MOST_LEADS,
                    MOST_WEEKS);
        }
        if (query.slices() < 0 || query.slices() > MOST_SLICES) {
            problem(
                    ProblemCode.BAD_VALUE,
                    Place.of("slices"),
                    "Ask for 0 to %d earlier times, not %d.",
                    MOST_SLICES,
                    query.slices());
        }
        if (query.days() != null && !isOfDays(query.days())) {
            problem(
                    ProblemCode.BAD_VALUE,
                    Place.of("days"),
                    "A metric is read of 1 to %d days, not %d.",
                    MOST_DAYS,
                    query.days());
        }
        if (query.days() != null && query.from() != null) {
            problem(
                    ProblemCode.CONFLICT,
                    Place.of("days"),
                    "The metric is read of a time range, or of so many days before success is decided, not of both.");
        }
        if (query.from() != null && query.to() != null && !query.from().isBefore(query.to())) {
            problem(
                    ProblemCode.BAD_RANGE,
                    Place.of("timeRange"),
                    "The range ends (%s, out) before it starts (%s, in).",
                    query.to(),
                    query.from());
        }
    }

    private LocalDate today() {
        return now.atZone(query.zone()).toLocalDate();
    }

    private int days() {
        return query.days() == null ? SeparationQuery.DAYS : query.days();
    }

    private Optional<When> when(Success success) {
        if (query.crossSectional() != (success.window() == null)) {
            problem(
                    query.crossSectional() ? ProblemCode.INCOMPATIBLE : ProblemCode.LEAKAGE,
                    Place.of("crossSectional"),
                    query.crossSectional()
                            ? "'%s' says when it is decided, so that metrics are read of a time before: do not ask for a cross-sectional answer."
                            : "'%s' does not say when it is decided, so that no metric is known to be of a time before. Give it a time ('from' and 'until', or 'after' and 'until_day'), or ask for a cross-sectional answer, which is a description.",
                    success.name());
            return Optional.empty();
        }
        return switch (success.window()) {
            case null -> together();
            case Window.Dates(var from, var until) -> dates(success, from, until);
            case Window.Days days -> days(days);
        };
    }

    private Optional<When> together() {
        if (!query.leadWeeks().isEmpty() || query.slices() > 0) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    Place.of(query.slices() > 0 ? "slices" : "leadWeeks"),
                    "Metric and success are of one time: there are no weeks ahead, and no earlier times.");
        }
        var to = query.to() == null ? today() : query.to();
        var from = query.from() == null ? to.minusDays(days()) : query.from();
        return Optional.of(new When.Together(from, to));
    }

    private Optional<When> dates(Success success, LocalDate from, LocalDate until) {
        if (until.isAfter(today())) {
            problem(
                    ProblemCode.BAD_RANGE,
                    Place.of("success"),
                    "'%s' is decided until %s, which has not come: today is %s.",
                    success.name(),
                    until,
                    today());
        }
        var to = query.to() == null ? from : query.to();
        if (to.isAfter(from)) {
            problem(
                    ProblemCode.LEAKAGE,
                    Place.of("timeRange"),
                    "The metric would be read until %s, and '%s' is decided from %s on: what is read of that time holds the outcome. End the range by %s.",
                    to,
                    success.name(),
                    from,
                    from);
        }
        var begin = query.from() == null ? to.minusDays(days()) : query.from();
        return Optional.of(new When.Dates(begin, to, from, until));
    }

    private Optional<When> days(Window.Days window) {
        if (query.from() != null) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    Place.of("timeRange"),
                    "Days are counted from %s of each account: say how many with 'days'.",
                    window.after());
        }
        int days =
                query.days() != null
                        ? query.days()
                        : window.from() > 0 ? window.from() : SeparationQuery.DAYS;
        if (window.from() > 0 && days > window.from()) {
            problem(
                    ProblemCode.LEAKAGE,
                    Place.of("days"),
                    "The metric would be read of %d days from %s on, and success is decided from day %d: ask for %d days at most.",
                    days,
                    window.after(),
                    window.from(),
                    window.from());
        }
        int furthest =
                query.leadWeeks().stream()
                        .mapToInt(weeks -> weeks)
                        .filter(SeparationCheck::isLead)
                        .max()
                        .orElse(0);
        if (furthest > 0 && window.from() == 0) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    Place.of("leadWeeks"),
                    "The days end with %s of each account, and no earlier ones can be asked for: ask for more or fewer 'days'.",
                    window.after());
        } else if (furthest > 0 && isOfDays(days) && furthest * 7 >= days) {
            problem(
                    ProblemCode.BAD_VALUE,
                    Place.of("leadWeeks"),
                    "%d weeks earlier nothing is left of the %d days from %s on.",
                    furthest,
                    days,
                    window.after());
        }
        return Optional.of(new When.Days(window.after(), window.from(), window.until(), days));
    }

    private @Nullable String start(When when) {
        return catalog.entity(EntityRef.ACCOUNT).attributes().stream()
                .filter(attribute -> attribute.mark() == Entity.Mark.START)
                .map(attribute -> attribute.field().name())
                .filter(name -> !(when instanceof When.Days days && days.after().equals(name)))
                .findFirst()
                .orElse(null);
    }

    /** Since when an account is there, and the date that days are counted from, do not follow from success. */
    private List<String> asNow(List<String> attributes, When when) {
        var account = catalog.entity(EntityRef.ACCOUNT);
        return switch (when) {
            case When.Together _ -> List.of();
            case When.Dates _ when account.history() != null ->
                    attributes.stream().filter(name -> account.attribute(name).isEmpty()).toList();
            case When.Dates _ -> known(attributes, account, "");
            case When.Days days -> known(attributes, account, days.after());
        };
    }

    private static List<String> known(List<String> attributes, Entity account, String anchor) {
        return attributes.stream()
                .filter(name -> !name.equals(anchor))
                .filter(name ->
                        account.attributes().stream()
                                .noneMatch(attribute ->
                                        attribute.field().name().equals(name)
                                                && attribute.mark() == Entity.Mark.START))
                .toList();
    }

    private void problem(ProblemCode code, Place place, String message, Object... arguments) {
        problems.add(Problem.of(code, place, message, arguments));
    }
}
