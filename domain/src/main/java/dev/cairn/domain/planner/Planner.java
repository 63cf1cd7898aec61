package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Catalog.CoverageStart;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.lowering.Clock;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.Readers;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.lowering.Step;
import dev.cairn.domain.lowering.TimeContext;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.Top;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Page;
import dev.cairn.domain.plan.Page.Position;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.OutsideCalendar;
import dev.cairn.domain.time.Periods;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a question into a plan, or says everything that is wrong with it. */
public final class Planner {
    public static final String TIME = "time";

    static final Problem BAD_CURSOR =
            Problem.of(
                    ProblemCode.BAD_PAGE,
                    Place.of("after"),
                    "This cursor is not of this question; ask again from the first page.");

    private final AnalysisQuery asked;

    /** As far as it may be asked: of longer lists the beginning. */
    private final AnalysisQuery query;

    private final ResolvedMetrics metrics;
    private final Caller caller;
    private final Problems problems = new Problems();
    private final Lowering lowering;
    private final QuestionLimits limits;
    private final Cancellation cancellation;

    private Planner(
            AnalysisQuery asked,
            ResolvedMetrics metrics,
            Caller caller,
            Cancellation cancellation) {
        this.cancellation = cancellation;
        this.asked = asked;
        this.query = QuestionLimits.shortened(asked);
        this.metrics = metrics;
        this.caller = caller;
        this.lowering = lowering(problems);
        lowering.links().within(caller.access());
        this.limits = new QuestionLimits(lowering::broken);
    }

    /** @param now what counts as now, unless the question says it */
    public static Planned plan(AnalysisQuery query, Catalog catalog, Caller caller, Instant now) {
        return plan(query, new ResolvedMetrics(catalog), caller, now, Cancellation.NEVER);
    }

    /**
     * @param metrics of the catalogue, which other questions may have had resolved
     * @throws Cancellation.Cancelled where it is given up
     */
    public static Planned plan(
            AnalysisQuery query,
            ResolvedMetrics metrics,
            Caller caller,
            Instant now,
            Cancellation cancellation) {
        return plan(query, metrics, caller, now, cancellation, CoverageStarts.NONE);
    }

    /** @param starts asked where units of time begin with the facts of a source; the question is planned again then */
    public static Planned plan(
            AnalysisQuery query,
            ResolvedMetrics metrics,
            Caller caller,
            Instant now,
            Cancellation cancellation,
            CoverageStarts starts) {
        return plan(query, metrics, caller, cancellation, starts, planner -> planner.planned(now));
    }

    /** The same, where its calendars of rows have the days that it needs; empty where they do not have them (yet). */
    static Optional<Planned> withinCalendars(
            AnalysisQuery query, ResolvedMetrics metrics, Caller caller, Instant now) {
        try {
            return Optional.of(
                    plan(
                            query,
                            metrics,
                            caller,
                            Cancellation.NEVER,
                            CoverageStarts.NONE,
                            planner -> planner.plan(now)));
        } catch (OutsideCalendar _) {
            return Optional.empty();
        }
    }

    private static Planned plan(
            AnalysisQuery query,
            ResolvedMetrics metrics,
            Caller caller,
            Cancellation cancellation,
            CoverageStarts starts,
            Function<Planner, Planned> planning) {
        var known = new LinkedHashMap<String, CoverageStart>();
        var used = metrics;
        while (true) {
            var planner = new Planner(query, used, caller, cancellation);
            var planned = planning.apply(planner);
            var wanted = planner.lowering.undated();
            if (wanted.isEmpty()) {
                return planned;
            }
            known.putAll(starts.each(wanted, query.knownAt()));
            used = new ResolvedMetrics(metrics.catalog().knowingStarts(known), metrics.trusts());
        }
    }

    private Lowering lowering(Problems found) {
        return new Lowering(
                metrics.catalog(), query.zone(), query.weekBegins(), found, cancellation);
    }

    private void problem(ProblemCode code, Place place, String message, Object... arguments) {
        lowering.broken(Problem.of(code, place, message, arguments));
    }

    private Planned planned(Instant now) {
        try {
            return plan(now);
        } catch (OutsideCalendar outside) {
            problem(ProblemCode.BAD_RANGE, Place.of("timeRange"), "%s", outside.why());
            return new Planned.Rejected(problems.all());
        }
    }

    private Planned plan(Instant now) {
        boolean tooDeep = Filters.isTooDeep(query.filter()) || Filters.isTooDeep(query.having());
        String fingerprint = tooDeep ? "" : Cursor.fingerprint(asked, caller);
        var cursor = cursor(fingerprint);
        var asOf = query.asOf() != null ? query.asOf() : cursor.map(Cursor::asOf).orElse(asOf(now));
        KnownThen.check(query, now, lowering::broken);
        limits.checkSizes(asked);
        var time = TimeFrame.of(query, asOf, lowering::periods, lowering::broken);
        var compared =
                time.flatMap(frame ->
                        ComparedTime.of(query, frame, lowering::periods, lowering::broken));
        var outputs = new Outputs(query, metrics, lowering, cancellation, caller);
        var named = new ArrayList<Set<String>>();
        var alone = resolved(outputs, named);
        lowering.asked(readers(alone));
        var leaves =
                new Leaves(
                        new Conditions(query, caller, lowering),
                        new BoundAsOf(asOf, query.zone(), lowering::common));
        var shown = shown(outputs, alone, leaves);
        leaves.groupTotals();
        checkWithoutLeaves(leaves, shown);
        checkGrain(leaves);
        var ages = new AgesAsked(query, lowering);
        ages.checkBesideAxis();
        new FilteredAccounts(query).problems(leaves).forEach(problems::add);
        var shape = new Shape(query, leaves, shown, problems);
        var columns = shape.columns();
        var having = shape.having();
        var order = shape.order();
        var top = new Tops(query, shown, problems).of(leaves);
        limits.checkLeaves(leaves);
        if (time.isEmpty() || compared.isEmpty() || !problems.isEmpty()) {
            return new Planned.Rejected(problems.all());
        }
        if (shown.size() < columnsAsked()) {
            throw new IllegalStateException(
                    "a metric has no plan and no problem: " + query.metrics());
        }
        var position = cursor.map(Cursor::position).orElse(null);
        var clock = clock(time.get(), compared.get());
        var columnsShown = shown.stream().map(Outputs.Shown::output).toList();
        // What is counted beside the cells may read other time than they do.
        var tallies = UndecidedConditions.of(columnsShown, leaves);
        var firstDays = ages.firstDays(leaves);
        var cells = leaves.block(clock);
        var timeline = clock.timeline(leaves.reaches()).knownAt(query.knownAt());
        var aged = timeline.ages(ages.reached(firstDays, cells, timeline));
        var plan =
                plan(
                        aged,
                        cells,
                        columnsShown,
                        tallies,
                        shape.keys(),
                        having,
                        order,
                        position,
                        top);
        if (position != null && !Cursor.fits(plan)) {
            badCursor();
            return new Planned.Rejected(problems.all());
        }
        return ready(plan, columns, leaves, shown, named, time.get().grain(), fingerprint);
    }

    /**
     * The plan with what goes with it, unless something is wrong with it as a whole.
     *
     * @param named what the formula of each column names
     */
    private Planned ready(
            AnalysisPlan plan,
            List<Column> columns,
            Leaves leaves,
            List<Outputs.Shown> shown,
            List<Set<String>> named,
            @Nullable Periods grain,
            String fingerprint) {
        if (lowering.attributes().haveHistory()) {
            new AttributeInstants(plan).problems(query.zone()).forEach(problems::add);
        }
        var others = lowering.references();
        var references = new TreeSet<>(others);
        named.forEach(references::addAll);
        var trusting =
                new Floors(query, metrics, caller)
                        .judge(named, others, KnownThen.sources(plan), problems::add);
        var currencies = new Currencies(plan, lowering.catalog(), query.zone());
        currencies.problems().forEach(problems::add);
        limits.checkPieces(plan);
        limits.checkOverlaps(plan);
        if (!problems.isEmpty()) {
            return new Planned.Rejected(problems.all());
        }
        var catalog = metrics.catalog();
        var notices =
                Stream.of(
                                trusting.notices(),
                                KnownThen.notices(query, plan, catalog, references),
                                CohortInstants.mixed(plan.outputs(), leaves),
                                DeprecatedMetrics.notices(query, catalog, references),
                                NonStandard.notices(query, catalog, references, lowering.given()))
                        .flatMap(List::stream)
                        .toList();
        return new Planned.Ready(
                plan,
                currencies.of(asOf(columns, plan)),
                notices,
                fingerprint,
                grain,
                query.keys(),
                new Standards(
                        shown.stream().map(Outputs.Shown::standard).toList(),
                        Standards.narrowed(query, caller),
                        query.weekBegins(),
                        caller.isScoped(),
                        testMarks()),
                null,
                trusting);
    }

    private List<Expr> testMarks() {
        return lowering.catalog().entity(EntityRef.ACCOUNT).allMarked(Entity.Mark.TEST).stream()
                .map(field -> lowering.attributes().latest(EntityRef.ACCOUNT, field))
                .toList();
    }

    /** What is known at an instant is known as of it, unless the question says as of when. */
    private Instant asOf(Instant now) {
        return query.knownAt() == null ? now.truncatedTo(ChronoUnit.MICROS) : query.knownAt();
    }

    /** Columns say as of when they read attributes that have a history. */
    private List<Column> asOf(List<Column> columns, AnalysisPlan plan) {
        if (!lowering.attributes().haveHistory()) {
            return columns;
        }
        var instants = new AttributeInstants(plan);
        return columns.stream()
                .map(column ->
                        plan.outputs().stream()
                                .filter(output ->
                                        column.role() == Role.MEASURE
                                                && output.column().equals(column.key()))
                                .findFirst()
                                .map(output -> column.asOf(instants.of(output)))
                                .orElse(column))
                .toList();
    }

    private AnalysisPlan plan(
            Timeline time,
            Block cells,
            List<Output> outputs,
            Tallies tallies,
            List<AnalysisPlan.GroupKey> keys,
            Expr having,
            List<Ordering> order,
            @Nullable Position after,
            @Nullable Top top) {
        boolean countsBuckets = time.axis() && !tallies.counts().leaves().isEmpty();
        var counted =
                countsBuckets
                        ? TallyReaches.of(tallies, time)
                        : new TallyReaches.OverBuckets(time, tallies);
        return new AnalysisPlan(
                counted.time(),
                keys,
                cells,
                outputs,
                kinds(),
                having,
                query.fillGaps(),
                new Page(order, query.first(), after),
                counted.tallies(),
                top,
                RowFormulas.mapped(lowering.catalog()));
    }

    /** Of what is compared with, its own. */
    private record Clocks(Windows own, Windows other) implements Clock {
        @Override
        public Cut cut(TimeContext time, Step step, boolean ofEach) {
            return of(time).cut(time, step, ofEach);
        }

        private Windows of(TimeContext time) {
            return time.ofComparison() ? other : own;
        }

        Timeline timeline(List<TimeContext> reaches) {
            return own.timeline(reaches, time -> of(time).reach(time));
        }
    }

    private Clocks clock(TimeFrame frame, TimeFrame compared) {
        var edges = Edges.of(query, frame);
        // Which groups are shown is decided over the whole range.
        boolean ofWhole = query.totals() || query.top() != null;
        var cutting = new Cutting(edges, ofWhole, lowering::broken);
        return new Clocks(
                new Windows(edges, frame, cutting), new Windows(edges, compared, cutting));
    }

    /** @param named takes what the formula of each column names */
    private List<Outputs.Alone> resolved(Outputs outputs, List<Set<String>> named) {
        var resolved = new ArrayList<Outputs.Alone>();
        for (int at = 0; at < query.metrics().size(); at++) {
            var place = Place.of("metrics", Integer.toString(at));
            var asked = query.metrics().get(at);
            resolved.add(outputs.resolve(asked, place));
            var names = new TreeSet<>(lowering.takeReferences());
            if (asked.metric() instanceof MetricReference.ByKey(var key)) {
                names.add(key);
            }
            named.add(names);
        }
        return resolved;
    }

    /** Which relations the metrics read, which decides what bare names of the conditions mean. */
    private static Readers readers(List<Outputs.Alone> metrics) {
        Map<RelationKey, Set<String>> readers = new HashMap<>();
        boolean all = true;
        for (var metric : metrics) {
            all &= metric.isSound();
            for (var relation : metric.leaves().relations()) {
                readers.computeIfAbsent(relation, _ -> new TreeSet<>())
                        .add(Outputs.columnOf(metric.asked()));
            }
        }
        return new Readers(readers, all);
    }

    /** Also what is read by a metric with a problem is bound, so that problems of the conditions are told at once. */
    private List<Outputs.Shown> shown(Outputs outputs, List<Outputs.Alone> metrics, Leaves leaves) {
        boolean compares = query.compareTo() != null;
        var shown = new ArrayList<Outputs.Shown>();
        for (var metric : metrics) {
            metric.leaves().relations().forEach(leaves::check);
            outputs.shown(metric, leaves).ifPresent(shown::add);
            if (compares) {
                outputs.compared(metric, Place.of("compareTo"), leaves).ifPresent(shown::add);
            }
        }
        return shown;
    }

    /**
     * Where nothing is read there is nothing to group. Where that is so for want of a readable metric, names of dimensions and filters are still
     * looked up, so that all is told at once.
     */
    private void checkWithoutLeaves(Leaves leaves, List<Outputs.Shown> shown) {
        if (!leaves.relations().isEmpty()) {
            return;
        }
        var found = new Problems();
        var conditions = new Conditions(query, caller, lowering(found));
        new Leaves(conditions).check(new RelationKey.OfMembers(EntityRef.USER));
        found.all().stream()
                .filter(problem -> problem.code() != ProblemCode.INCOMPATIBLE)
                .forEach(problems::add);
        if (shown.size() == columnsAsked() && !query.groupBy().isEmpty()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    Place.of("groupBy"),
                    "The metrics read no facts and no members; there is nothing to group.");
        }
    }

    private int columnsAsked() {
        return query.metrics().size() * (query.compareTo() == null ? 1 : 2);
    }

    /** What is read in hours has no dates; in no unit of time is read what is of the bucket. */
    private void checkUnits(Leaves leaves) {
        leaves.hourly().forEach(scan -> checkHours(scan, Place.of("metrics")));
        UnitsAsked.problems(leaves).forEach(problems::add);
    }

    private void checkGrain(Leaves leaves) {
        checkUnits(leaves);
        if (query.grain() == Grain.HOUR) {
            leaves.scans().forEach(scan -> checkHours(scan, Place.of("grain")));
        }
        checkRange(leaves, query.range(), Place.of("timeRange"));
        switch (query.compareTo()) {
            case null -> {}
            case Comparison.Previous _ -> {}
            case Comparison.Earlier(_, var grain) -> {
                if (grain == Grain.HOUR) {
                    var place = Place.of("compareTo", "earlier", "grain");
                    leaves.scans().forEach(scan -> checkHours(scan, place));
                }
            }
            case Comparison.Other(var range) ->
                    checkRange(leaves, range, Place.of("compareTo", "timeRange"));
        }
    }

    private void checkHours(Scan scan, Place place) {
        checkDates(
                scan,
                place,
                "it cannot be asked by the hour. Ask by the day, or by a coarser grain");
    }

    private void checkRange(Leaves leaves, AskedRange range, Place place) {
        switch (range) {
            case AskedRange.Between _ -> {}
            case AskedRange.BetweenInstants(var from, var to) -> {
                checkDayStart(leaves, from, place.then("betweenInstants", "from"));
                checkDayStart(leaves, to, place.then("betweenInstants", "to"));
            }
            case AskedRange.Last(_, var grain) -> {
                if (grain == Grain.HOUR) {
                    leaves.scans().forEach(scan -> checkHours(scan, place.then("last", "grain")));
                }
            }
        }
    }

    private void checkDayStart(Leaves leaves, Instant edge, Place place) {
        var calendar = new BusinessCalendar(query.zone());
        if (!calendar.startOf(calendar.dateOf(edge)).equals(edge)) {
            leaves.scans()
                    .forEach(scan ->
                            checkDates(scan, place, "a range of it begins and ends with a day"));
        }
    }

    /** Dates know no time of day. */
    private void checkDates(Scan scan, Place place, String why) {
        switch (scan.relation()) {
            case Relation.Facts(var source, var placing, _, _) -> {
                var time = placing.time();
                boolean isWhenever =
                        placing instanceof Placing.ValidDuring(_, var always) && always;
                if (time.type().equals(Type.DATE) && !isWhenever) {
                    problem(
                            ProblemCode.INCOMPATIBLE,
                            place,
                            "%s; %s.",
                            metrics.catalog()
                                    .source(source)
                                    .orElseThrow()
                                    .withoutTimeOfDay(time.name()),
                            why);
                }
            }
            case Relation.Members _, Relation.Ticks _ -> {}
        }
        scan.relation().own().scans().forEach(inner -> checkDates(inner, place, why));
    }

    private Set<RowKind> kinds() {
        var kinds = EnumSet.of(RowKind.CELL);
        if (query.totals()) {
            boolean grouped = !query.groupBy().isEmpty();
            boolean timed = query.grain() != null;
            if (grouped && timed) {
                kinds.addAll(EnumSet.of(RowKind.TOTAL_OVER_GROUPS, RowKind.TOTAL_OVER_TIME));
            }
            if (grouped || timed) {
                kinds.add(RowKind.GRAND_TOTAL);
            }
        }
        return kinds;
    }

    private Optional<Cursor> cursor(String fingerprint) {
        if (query.after() == null) {
            return Optional.empty();
        }
        var cursor =
                Cursor.decode(query.after())
                        .filter(found ->
                                !fingerprint.isEmpty()
                                        && Cursor.isOf(
                                                asked,
                                                caller,
                                                fingerprint,
                                                found.fingerprint(),
                                                found.asOf()));
        if (cursor.isEmpty()) {
            badCursor();
        }
        return cursor;
    }

    private void badCursor() {
        lowering.broken(BAD_CURSOR);
    }
}
