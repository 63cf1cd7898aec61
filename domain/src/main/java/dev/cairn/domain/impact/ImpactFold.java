package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.impact.GroupValues.Group;
import dev.cairn.domain.impact.GroupValues.Weighing;
import dev.cairn.domain.impact.Impact.Estimand;
import dev.cairn.domain.impact.Impact.OfMetric;
import dev.cairn.domain.impact.Impact.Placebos;
import dev.cairn.domain.impact.Impact.Reason;
import dev.cairn.domain.impact.Impact.Reason.Code;
import dev.cairn.domain.impact.Impact.Step;
import dev.cairn.domain.impact.MetricTest.Columns;
import dev.cairn.domain.impact.MetricTest.Making;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.statistics.ManyTests;
import dev.cairn.domain.statistics.SampleRatio;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes of what was answered what came of the change. */
public final class ImpactFold {
    private static final double EQUAL = 1e-6;

    private final ImpactQuestion question;
    private final List<Column> columns;
    private final List<MetricTest> tests;
    private final Groups groups;
    private final ImpactVerdicts verdicts;
    private final List<Double> adjusted;
    private final Instant asOf;

    private ImpactFold(
            ImpactQuestion question,
            List<Column> columns,
            List<MetricTest> tests,
            Groups groups,
            Instant asOf) {
        this.question = question;
        this.columns = List.copyOf(columns);
        this.tests = List.copyOf(tests);
        this.groups = groups;
        this.asOf = asOf;
        this.verdicts =
                new ImpactVerdicts(
                        question.query().daily(),
                        groups.compared() != null,
                        groups.ratio(question));
        this.adjusted = ManyTests.holm(tests.stream().map(verdicts::p).toList());
    }

    /** What accounts did. */
    public record Samples(Sample prior, Sample before, Sample after) {}

    /** @param compared null: there is nothing to compare with */
    private record Groups(Group treated, @Nullable Group compared, int ofBoth) {
        @Nullable Double ratio(ImpactQuestion question) {
            var share = question.query().treatedShare();
            return share == null || compared == null || treated.size() + compared.size() == 0
                    ? null
                    : (Double) SampleRatio.p(treated.size(), compared.size(), share);
        }
    }

    /** @param together the metrics of those that the change concerned, before it, in one row */
    public static ImpactFold of(
            ImpactQuestion question, Catalog catalog, Samples samples, AnalysisResult together) {
        var groups = groups(question, samples);
        var columns = columns(question, catalog, together);
        var tests = new ArrayList<MetricTest>();
        for (int metric = 0; metric < columns.size(); metric++) {
            var key = columns.get(metric).key();
            var before = samples.before().column(key);
            var prior = samples.prior().column(key);
            var read =
                    new Columns(
                            prior.incomplete() > 0 ? null : prior,
                            before,
                            samples.after().column(key));
            var making =
                    making(
                            metric(question, catalog, metric),
                            before,
                            groups.treated(),
                            value(together, metric));
            tests.add(
                    MetricTest.of(
                            making,
                            groups.treated(),
                            groups.compared(),
                            read,
                            question.query().treatedShare() != null));
        }
        return new ImpactFold(question, columns, tests, groups, samples.before().asOf());
    }

    /**
     * Of rows, whatever accounts they are of.
     *
     * @param before the metrics before the change in one row, with how far they may be off
     * @param after the same after it
     */
    public static ImpactFold ofRows(
            ImpactQuestion question, Catalog catalog, AnalysisResult before, AnalysisResult after) {
        var columns = columns(question, catalog, before);
        var tests = new ArrayList<MetricTest>();
        for (int metric = 0; metric < columns.size(); metric++) {
            tests.add(RowTest.of(RowTest.cell(before, metric), RowTest.cell(after, metric)));
        }
        var none = new Group(IntStream.empty(), IntStream.empty(), IntStream.empty());
        return new ImpactFold(question, columns, tests, new Groups(none, null, 0), before.asOf());
    }

    private static Groups groups(ImpactQuestion question, Samples samples) {
        var before = samples.before();
        int ofBoth = 0;
        var concerned = new ArrayList<Integer>();
        var others = new ArrayList<Integer>();
        var treated = question.treated() == null ? null : before.column(ImpactQuestion.TREATED);
        var compared =
                question.query().comparison() == null
                        ? null
                        : before.column(ImpactQuestion.COMPARED);
        for (int at = 0; at < before.size(); at++) {
            boolean isTreated = treated == null || treated.value(at) == 1;
            boolean isCompared = compared != null && compared.value(at) == 1;
            if (isTreated) {
                concerned.add(at);
                ofBoth += isCompared ? 1 : 0;
            } else if (isCompared) {
                others.add(at);
            }
        }
        return new Groups(
                group(concerned, samples),
                compared == null ? null : group(others, samples),
                ofBoth);
    }

    private static Group group(List<Integer> places, Samples samples) {
        var keys = places.stream().map(at -> samples.before().accounts().get(at)).toList();
        return new Group(
                places(samples.prior(), keys),
                places.stream().mapToInt(Integer::intValue),
                places(samples.after(), keys));
    }

    private static IntStream places(Sample sample, List<String> keys) {
        var places = new HashMap<String, Integer>();
        for (int at = 0; at < sample.size(); at++) {
            places.put(sample.accounts().get(at), at);
        }
        return keys.stream().mapToInt(key -> places.getOrDefault(key, -1));
    }

    private static @Nullable Metric metric(ImpactQuestion question, Catalog catalog, int metric) {
        return ImpactCheck.metric(question.query().metrics().get(metric), catalog).orElse(null);
    }

    /** As of the catalogue, where a metric is asked for in other words than its key; with the direction of the question where it has none of its own. */
    private static List<Column> columns(
            ImpactQuestion question, Catalog catalog, AnalysisResult answer) {
        var columns = new ArrayList<Column>();
        var measures =
                answer.columns().stream().filter(column -> column.role() == Role.MEASURE).toList();
        for (int at = 0; at < measures.size(); at++) {
            var column = measures.get(at);
            var metric = metric(question, catalog, at);
            boolean isInOtherWords =
                    !question.columns().get(at).equals(question.query().metrics().get(at));
            var named =
                    metric == null || !isInOtherWords
                            ? column
                            : new Column(
                                    column.key(),
                                    metric.label(),
                                    column.role(),
                                    column.valueType(),
                                    metric.unit() == null ? column.unit() : metric.unit(),
                                    column.currency(),
                                    metric.name(),
                                    metric.direction(),
                                    column.attributesAsOf());
            columns.add(directed(named, question.query().direction()));
        }
        return columns;
    }

    private static Column directed(Column column, @Nullable Direction asked) {
        return asked == null
                        || (column.direction() != null && column.direction() != Direction.NEUTRAL)
                ? column
                : new Column(
                        column.key(),
                        column.label(),
                        column.role(),
                        column.valueType(),
                        column.unit(),
                        column.currency(),
                        column.metric(),
                        asked,
                        column.attributesAsOf());
    }

    private static @Nullable Double value(AnalysisResult answer, int metric) {
        return RowTest.cell(answer, metric).value().value() instanceof Number number
                ? (Double) number.doubleValue()
                : null;
    }

    /** Accounts count by what makes, of their values, exactly that of all together; else each once. */
    private static Making making(
            @Nullable Metric metric, Sample.Column before, Group group, @Nullable Double together) {
        if (metric != null && metric.level() == Level.ACCOUNT && metric.rollUp() == RollUp.MEDIAN) {
            return new Making(Estimand.MEDIAN_OF_ACCOUNTS, Weighing.ACCOUNTS, false);
        }
        double sum = 0;
        double above = 0;
        double below = 0;
        for (int account : group.before().toArray()) {
            double value = before.value(account);
            double rows = before.rows(account);
            sum += Double.isNaN(value) ? 0 : value;
            above += Double.isNaN(value * rows) ? 0 : value * rows;
            below += Double.isNaN(value * rows) ? 0 : rows;
        }
        double ratio =
                GroupValues.of(
                                Estimand.RATIO_OF_SUMS,
                                Weighing.DENOMINATORS,
                                new Group(group.before(), group.before(), group.before()),
                                null,
                                before,
                                before)
                        .ratioBefore()
                        .value();
        if (isEqual(ratio, together)) {
            return new Making(Estimand.RATIO_OF_SUMS, Weighing.DENOMINATORS, false);
        }
        boolean addsUp = isEqual(sum, together);
        return !addsUp && isEqual(above / below, together)
                ? new Making(Estimand.RATIO_OF_SUMS, Weighing.ROWS, false)
                : new Making(Estimand.MEAN_OF_ACCOUNTS, Weighing.ACCOUNTS, addsUp);
    }

    private static boolean isEqual(double made, @Nullable Double together) {
        return together != null
                && Math.abs(made - together) <= EQUAL * Math.max(1e-9, Math.abs(together));
    }

    /** Places of the metrics for which moves at earlier days say whether it was the change: those that moved, where there is nothing to compare with. */
    public List<Integer> unexplained() {
        return groups.compared() != null
                ? List.of()
                : IntStream.range(0, tests.size())
                        .filter(question::hasPlacebos)
                        .filter(at -> adjusted.get(at) < ImpactVerdicts.CHANCE)
                        .filter(at -> tests.get(at).estimand() != Estimand.ROWS)
                        .boxed()
                        .toList();
    }

    /**
     * @param placebos answers of {@link ImpactQuestion#placebos}, by place of the metric, as far as there are any
     * @param course null: nobody asked, or it cannot be asked
     * @param change what was changed; null: it was given by its day
     */
    public Impact impact(
            Map<Integer, AnalysisResult> placebos,
            @Nullable ImpactCourse course,
            @Nullable String change) {
        var metrics = new ArrayList<OfMetric>();
        for (int at = 0; at < tests.size(); at++) {
            var answer = placebos.get(at);
            Placebos moves =
                    answer == null
                            ? null
                            : PlaceboMoves.of(question, answer, tests.get(at).addsUp());
            var steps =
                    course == null
                            ? List.<Step>of()
                            : course.steps(at, tests.get(at).addsUp(), question.stepDays());
            metrics.add(
                    verdicts.of(columns.get(at), tests.get(at), adjusted.get(at), moves, steps));
        }
        var compared = groups.compared();
        return new Impact(
                change,
                question.windows(),
                asOf,
                groups.treated().size(),
                compared == null ? null : (Integer) compared.size(),
                groups.ratio(question),
                metrics,
                warnings());
    }

    private List<Reason> warnings() {
        var warnings = new ArrayList<Reason>();
        int days = question.length();
        if (days % 7 != 0) {
            warnings.add(
                    Reason.of(
                            Code.NOT_WHOLE_WEEKS,
                            "Windows of %d days are no whole weeks: the one may have a weekend more than the other. Take a multiple of 7.",
                            days));
        }
        if (days < question.query().windowDays()) {
            warnings.add(
                    Reason.of(
                            Code.NOT_OVER,
                            "The time after the change is not over: both windows have the %d days that have come of %d.",
                            days,
                            question.query().windowDays()));
        }
        if (groups.ofBoth() > 0) {
            warnings.add(
                    Reason.of(
                            Code.OF_BOTH_GROUPS,
                            "%,d accounts are of both groups, and are taken as concerned by the change.",
                            groups.ofBoth()));
        }
        return warnings;
    }
}
