package dev.cairn.domain.separation;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.separation.Separation.Baseline;
import dev.cairn.domain.separation.Separation.Detail;
import dev.cairn.domain.separation.Separation.Lead;
import dev.cairn.domain.separation.Separation.Segment;
import dev.cairn.domain.separation.Separation.Strength;
import dev.cairn.domain.separation.Separation.Time;
import dev.cairn.domain.separation.Separation.Trivial;
import dev.cairn.domain.separation.Separation.Without;
import dev.cairn.domain.separation.SeparationQuestion.When;
import dev.cairn.domain.statistics.Auc;
import dev.cairn.domain.statistics.Distribution;
import dev.cairn.domain.statistics.Groups;
import dev.cairn.domain.statistics.KolmogorovSmirnov;
import dev.cairn.domain.statistics.Lift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes how well metrics separate from what was read of each account. */
public final class Separations {
    /** Accounts on each side without which nothing is said. */
    static final int FEWEST = 2;

    private final SeparationQuestion question;
    private final Sample features;
    private final Labels labels;
    private final Reading reading;

    private Separations(SeparationQuestion question, Sample features, @Nullable Sample labels) {
        this.question = question;
        this.features = features;
        this.labels = Labels.of(question, features, labels);
        this.reading = new Reading(question, features, this.labels);
    }

    /**
     * What was read of an earlier time.
     *
     * @param labels null where the features have them
     */
    public record Then(When when, Sample features, @Nullable Sample labels) {}

    /** @param labels null where the features have them, as for all others */
    public static Separations of(
            SeparationQuestion question, Sample features, @Nullable Sample labels) {
        return new Separations(question, features, labels);
    }

    /**
     * Of one of the metrics asked for.
     *
     * @param leads by weeks; empty where none was asked for
     * @param earlier the latest first
     * @param asNow attributes of the account that the metric reads as they are now
     */
    public Separation separation(
            String key,
            String metric,
            Map<Integer, Sample> leads,
            List<Then> earlier,
            List<String> asNow) {
        var values = features.column(key);
        var whole = strength(reading.groups(reading.value(values), _ -> true));
        var trivial = trivial();
        var segments = segments(values, whole);
        var ahead = leads(key, leads, whole);
        var slices = new Slices(reading).of(key, earlier, values, whole);
        var judged =
                Verdicts.of(
                        whole,
                        new Verdicts.Beside(
                                question.when() instanceof When.Together,
                                labels.incomplete(),
                                reading.unsound(values),
                                reading.isBroken(values),
                                asNow,
                                trivial,
                                segments,
                                slices));
        return new Separation(
                metric,
                question.success().name(),
                time(),
                whole,
                labels.undecided(),
                without(values),
                trivial,
                segments,
                ahead,
                separatesAhead(ahead),
                slices,
                judged.verdict(),
                judged.reasons());
    }

    /**
     * A row of an audit of one of the metrics asked for.
     *
     * @param sources that it reads
     * @param before the metrics of the time as long before; null where there is none
     */
    public MetricAudit.Row row(
            Metric metric,
            boolean hasTarget,
            List<MetricAudit.SourceGrade> sources,
            @Nullable Sample before,
            List<String> asNow) {
        var values = features.column(metric.name());
        var whole = strength(reading.groups(reading.value(values), _ -> true));
        var moved = before == null ? null : moved(values, before, metric.name());
        var judged =
                Verdicts.of(
                        whole,
                        new Verdicts.Beside(
                                question.when() instanceof When.Together,
                                labels.incomplete(),
                                reading.unsound(values),
                                reading.isBroken(values),
                                asNow,
                                trivial(),
                                List.of(),
                                List.of()));
        return new MetricAudit.Row(
                metric,
                whole,
                null,
                moved,
                sources,
                judged.verdict(),
                judged.reasons(),
                MetricAudit.gaps(metric, hasTarget, moved, sources));
    }

    /** The share of those with both values for whom they differ; null where nobody has both. */
    private @Nullable Double moved(Sample.Column values, Sample before, String key) {
        var places = new HashMap<String, Integer>();
        for (int at = 0; at < before.size(); at++) {
            places.put(before.accounts().get(at), at);
        }
        var then = before.column(key);
        if (values.unsound() + then.unsound() > 0) {
            return null;
        }
        int both = 0;
        int other = 0;
        for (int at = 0; at < features.size(); at++) {
            var place = places.get(features.accounts().get(at));
            double was = place == null ? Double.NaN : then.value(place);
            double is = values.value(at);
            if (!Double.isNaN(was) && !Double.isNaN(is)) {
                both++;
                other += was == is ? 0 : 1;
            }
        }
        return both == 0 ? null : other / (double) both;
    }

    /** What tells as much without any metric. */
    public List<Trivial> ofAccounts() {
        return trivial();
    }

    /** When metrics and success were read. */
    public Time read() {
        return time();
    }

    /** Over the groups; without detail where one has fewer than two. */
    static Strength strength(Groups groups) {
        if (isFew(groups)) {
            return new Strength(groups.successes(), groups.rest(), null);
        }
        var pair = Distribution.of(groups);
        return new Strength(
                groups.successes(),
                groups.rest(),
                new Detail(
                        Auc.of(groups),
                        KolmogorovSmirnov.of(groups),
                        Lift.byTenth(groups),
                        pair.succeeded(),
                        pair.others(),
                        pair.edges(),
                        pair.succeeded().median() - pair.others().median()));
    }

    private static boolean isFew(Groups groups) {
        return groups.successes() < FEWEST || groups.rest() < FEWEST;
    }

    static @Nullable Auc auc(Groups groups) {
        return isFew(groups) ? null : Auc.of(groups);
    }

    private List<Without> without(Sample.Column values) {
        var absences = new TreeMap<>(values.absences());
        int before =
                question.when() instanceof When.Days
                        ? (int)
                                IntStream.range(0, features.size())
                                        .filter(at ->
                                                values.beginsBeforeData(at)
                                                        && !Double.isNaN(values.value(at)))
                                        .count()
                        : 0;
        if (before > 0) {
            absences.merge(Absence.BEFORE_DATA, before, Integer::sum);
        }
        return absences.entrySet().stream()
                .map(entry -> new Without(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<Trivial> trivial() {
        var trivial = new ArrayList<Trivial>();
        for (var column : features.columns()) {
            // Who came earlier has been there for longer.
            switch (column.key()) {
                case SeparationQuestion.TENURE ->
                        trivial.add(trivial(Baseline.TENURE, at -> -column.value(at)));
                case SeparationQuestion.SIZE -> trivial.add(trivial(Baseline.SIZE, column::value));
                default -> {
                    // A metric, or what says who is in which group.
                }
            }
        }
        var noTenure = question.noTenure();
        if (noTenure != null) {
            trivial.add(Trivial.missing(Baseline.TENURE, noTenure));
        }
        var noSize = question.noSize();
        if (noSize != null) {
            trivial.add(Trivial.missing(Baseline.SIZE, noSize));
        }
        return trivial;
    }

    private Trivial trivial(Baseline baseline, IntToDoubleFunction value) {
        var groups = reading.groups(value, _ -> true);
        return new Trivial(baseline, groups.successes(), groups.rest(), auc(groups), null);
    }

    private List<Segment> segments(Sample.Column values, Strength whole) {
        if (question.query().segment() == null) {
            return List.of();
        }
        var of = features.labels(0);
        var segments = new ArrayList<Segment>();
        for (var value : new TreeSet<>(of)) {
            var groups = reading.groups(reading.value(values), at -> of.get(at).equals(value));
            var auc = auc(groups);
            segments.add(
                    new Segment(
                            value,
                            groups.successes(),
                            groups.rest(),
                            auc,
                            isTurned(auc, whole.auc())));
        }
        return segments;
    }

    /** Whether both are surely of one direction each, and not of the same. */
    static boolean isTurned(@Nullable Auc auc, @Nullable Auc whole) {
        return auc != null
                && whole != null
                && ((whole.low() > 0.5 && auc.high() < 0.5)
                        || (whole.high() < 0.5 && auc.low() > 0.5));
    }

    private List<Lead> leads(String key, Map<Integer, Sample> samples, Strength whole) {
        var leads = new ArrayList<Lead>();
        new TreeMap<>(samples)
                .forEach((weeks, sample) -> {
                    var column = sample.column(key);
                    var groups = labels.groupsOf(sample, reading.value(column));
                    var auc = reading.unsound(column) > 0 ? null : auc(groups);
                    leads.add(
                            new Lead(
                                    weeks,
                                    groups.successes(),
                                    groups.rest(),
                                    auc,
                                    separates(auc, whole.auc())));
                });
        return leads;
    }

    private static boolean separates(@Nullable Auc auc, @Nullable Auc whole) {
        return auc != null
                && whole != null
                && auc.strength() >= Verdicts.USEFUL
                && auc.leastStrength() >= Verdicts.NONE
                && (auc.value() >= 0.5) == (whole.value() >= 0.5);
    }

    private static @Nullable Integer separatesAhead(List<Lead> leads) {
        Integer furthest = null;
        for (var lead : leads) {
            if (!lead.separates()) {
                break;
            }
            furthest = lead.weeks();
        }
        return furthest;
    }

    private Time time() {
        var asOf = question.now();
        return switch (question.when()) {
            case When.Dates(var from, var to, var decidedFrom, var decidedUntil) ->
                    new Time(
                            from,
                            to,
                            decidedFrom,
                            decidedUntil,
                            "from %s until %s; success is decided from %s until %s"
                                    .formatted(from, to, decidedFrom, decidedUntil),
                            asOf);
            case When.Days days ->
                    new Time(
                            null,
                            null,
                            null,
                            null,
                            "%d days %s %s; success is decided from day %d until day %d after it"
                                    .formatted(
                                            days.days(),
                                            days.isFromDate() ? "from" : "before",
                                            days.after(),
                                            days.from(),
                                            days.until()),
                            asOf);
            case When.Together(var from, var to) ->
                    new Time(
                            from,
                            to,
                            null,
                            null,
                            "from %s until %s, and success of the same time".formatted(from, to),
                            asOf);
        };
    }
}
