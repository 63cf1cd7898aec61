package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.MembersQuery.Part;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.CellOpening;
import dev.cairn.domain.plan.CellOpening.Value;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Page;
import dev.cairn.domain.plan.Page.Position;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens a cell into what is behind it. The question is planned as it was asked, so that its leaves are those of the cell, and its plan is turned into that of
 * the cell alone ({@link CellOpening}).
 */
public final class Opening {
    /** Code of the notice that the cell is not any more what it was when its key was given. */
    public static final String CELL_CHANGED = "CELL_CHANGED";

    /** Code of the notice that what a cell is opened into does not add up to it. */
    public static final String NOT_ADDITIVE = "NOT_ADDITIVE";

    static final String NUMERATOR = ".numerator";
    static final String DENOMINATOR = ".denominator";
    static final String RANKED = ".ranked";

    private static final Column ROWS =
            new Column(
                    Behind.ROW_COUNT,
                    "Rows",
                    Role.MEASURE,
                    ValueType.NUMBER,
                    MetricUnit.COUNT,
                    null,
                    null,
                    null);

    private final MembersQuery asked;
    private final Planned.Ready question;
    private final RowKey key;
    private final String fingerprint;
    private final GreatestGroups groups;
    private final Problems problems;

    private Opening(
            MembersQuery asked,
            Planned.Ready question,
            RowKey key,
            String fingerprint,
            GreatestGroups groups,
            Problems problems) {
        this.asked = asked;
        this.question = question;
        this.key = key;
        this.fingerprint = fingerprint;
        this.groups = groups;
        this.problems = problems;
    }

    /**
     * @param groups asked where the cell is of all groups that the question does not show
     * @see Planner#plan(dev.cairn.domain.analysis.AnalysisQuery, ResolvedMetrics, Caller, Instant, Cancellation, CoverageStarts)
     */
    public static Planned plan(
            MembersQuery asked,
            ResolvedMetrics metrics,
            Caller caller,
            Instant now,
            Cancellation cancellation,
            CoverageStarts starts,
            GreatestGroups groups) {
        var query = asked.question().page(1, null).withUncertainty(false);
        boolean tooDeep = Filters.isTooDeep(query.filter()) || Filters.isTooDeep(query.having());
        var problems = new Problems();
        var fingerprint = tooDeep ? "" : Cursor.fingerprint(query, caller);
        var key =
                tooDeep
                        ? Optional.<RowKey>empty()
                        : key(asked, query, caller, fingerprint, problems);
        if (asked.first() < 1 || asked.first() > QuestionLimits.MOST_ROWS) {
            problems.add(QuestionLimits.badPage(asked.first()));
        }
        var dated = key.map(found -> query.withAsOf(found.asOf())).orElse(query);
        return switch (Planner.plan(dated, metrics, caller, now, cancellation, starts)) {
            case Planned.Ready ready when key.isPresent() ->
                    new Opening(asked, ready, key.get(), fingerprint, groups, problems)
                            .planned(metrics);
            case Planned.Ready _ -> new Planned.Rejected(problems.all());
            case Planned.Rejected(var found) ->
                    new Planned.Rejected(
                            Stream.concat(found.stream(), problems.all().stream()).toList());
        };
    }

    private static Optional<RowKey> key(
            MembersQuery asked,
            AnalysisQuery query,
            Caller caller,
            String fingerprint,
            Problems problems) {
        var key = RowKey.decode(asked.key());
        if (key.isEmpty()) {
            problems.add(
                    badKey(
                            "This is no key of a row; take it unchanged from the answer to the question."));
        } else if (!Cursor.isOf(
                query, caller, fingerprint, key.get().fingerprint(), key.get().asOf())) {
            problems.add(
                    badKey(
                            "This key is not of this question as this caller may ask it; ask the question again and take the key from its answer."));
            return Optional.empty();
        }
        return key;
    }

    private static Problem badKey(String message) {
        return Problem.of(ProblemCode.BAD_KEY, Place.of("key"), message);
    }

    private Planned planned(ResolvedMetrics metrics) {
        var plan = question.plan();
        var output = output();
        if (output.isEmpty() || !isOf(plan)) {
            return new Planned.Rejected(problems.all());
        }
        var values = values(output.get());
        checkAge(plan, output.get());
        var found = new Behind(asked, plan, key, metrics.catalog(), problems).into(values);
        var cursor = cursor();
        if (found.isEmpty() || !problems.isEmpty()) {
            return new Planned.Rejected(problems.all());
        }
        var into = found.get().into();
        var opened =
                CellOpening.of(
                        found.get().plan(),
                        key.kind(),
                        key.bucket(),
                        key.group(),
                        isOfOthers() ? groups.of(plan.ranking()) : List.of(),
                        into,
                        page(into, cursor.map(Cursor::position).orElse(null)));
        if (!Cursor.fits(opened)) {
            problems.add(Planner.BAD_CURSOR);
            return new Planned.Rejected(problems.all());
        }
        return new Planned.Ready(
                opened,
                columns(into),
                notices(plan, values),
                ofPages(),
                null,
                false,
                Standards.NONE,
                new OpenedCell(recorded(output.get())),
                question.trusting());
    }

    private boolean isOfOthers() {
        return key.group().contains(GroupValue.OTHER);
    }

    /** Index of the output that the column is; empty where it is none, which is told. */
    private Optional<Integer> output() {
        var outputs = question.plan().outputs();
        for (int at = 0; at < outputs.size(); at++) {
            if (outputs.get(at).column().equals(asked.column())) {
                if (question.trusting().isUntrusted(asked.column())) {
                    problems.add(
                            Problem.of(
                                    ProblemCode.UNTRUSTED,
                                    Place.of("column"),
                                    "This cell has no value, so nothing is behind it: %s.",
                                    Objects.requireNonNull(
                                            question.trusting().untrusted().get(asked.column()))));
                    return Optional.empty();
                }
                return hasPart(outputs.get(at)) ? Optional.of(at) : Optional.empty();
            }
        }
        boolean isKey =
                question.columns().stream().anyMatch(column -> column.key().equals(asked.column()));
        var known = outputs.stream().map(Output::column).toList();
        problems.add(
                Problem.of(
                        isKey ? ProblemCode.INCOMPATIBLE : ProblemCode.UNKNOWN_COLUMN,
                        Place.of("column"),
                        isKey
                                ? "'%s' is not computed, so nothing is behind it; open one of %s."
                                : "No metric '%s' in the answer; it has %s.",
                        asked.column(),
                        String.join(", ", known)),
                asked.column(),
                () -> known);
        return Optional.empty();
    }

    private boolean hasPart(Output output) {
        if (asked.part() == Part.VALUE || output.numerator() != null) {
            return true;
        }
        problems.add(
                Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                Place.of("part"),
                                "'%s' is no ratio and has no %s; open its value.",
                                asked.column(),
                                asked.part() == Part.NUMERATOR ? "numerator" : "denominator")
                        .offering(Part.VALUE.name()));
        return false;
    }

    /** Whether the key says a row that the question can have. */
    private boolean isOf(AnalysisPlan plan) {
        boolean fits =
                key.bucket() < plan.time().buckets().size()
                        && (key.bucket() >= 0) == key.kind().hasTime()
                        && plan.kinds().contains(key.kind())
                        && key.group().size() == plan.keys().size()
                        && key.values().size() == plan.outputs().size() * Part.values().length
                        && key.values().stream().allMatch(Cursor::isWritten);
        for (int at = 0; fits && at < key.group().size(); at++) {
            var group = key.group().get(at);
            fits =
                    (group.kind() == GroupValue.Kind.TOTAL) != key.kind().hasGroups()
                            && group.equals(GroupValue.OTHER) == isOfOthers()
                            && (!isOfOthers() || plan.top() != null)
                            && Cursor.isOf(plan.keys().get(at).type(), group);
        }
        if (!fits) {
            problems.add(
                    badKey(
                            "The question has no such row any more; ask it again and take the key from its answer."));
        }
        return fits;
    }

    /** Whether time has reached an age is decided by all buckets, of which a cell that is opened knows one. */
    private void checkAge(AnalysisPlan plan, int output) {
        boolean hasNone =
                recorded(output).contains(null)
                        || (asked.part() == Part.VALUE && key.value(output, Part.VALUE) == null);
        if (plan.time().ages() != null && hasNone) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            Place.of("key"),
                            "The cell has no value: time has not reached the age of its group in this bucket, or there is nothing of it. Open one that has a value, or of a ratio the part that has one."));
        }
    }

    private List<Value> values(int index) {
        var output = question.plan().outputs().get(index);
        var column = asked.column();
        var ranked = ranked(output.value());
        if (ranked.isPresent()) {
            return List.of(new Value(column + RANKED, ranked.get()));
        }
        return switch (asked.part()) {
            case VALUE -> {
                var values = new ArrayList<Value>();
                values.add(new Value(column, output.value()));
                if (output.numerator() != null && output.denominator() != null) {
                    values.add(new Value(column + NUMERATOR, output.numerator()));
                    values.add(new Value(column + DENOMINATOR, output.denominator()));
                }
                yield values;
            }
            case NUMERATOR -> List.of(new Value(column + NUMERATOR, part(output.numerator())));
            case DENOMINATOR ->
                    List.of(new Value(column + DENOMINATOR, part(output.denominator())));
        };
    }

    /** What a value is the place of; empty where it is no place. */
    private static Optional<Expr> ranked(Expr value) {
        if (value instanceof Expr.Rank(var ranked)) {
            return Optional.of(ranked);
        }
        return value instanceof Expr.Common common ? ranked(common.value()) : Optional.empty();
    }

    private static Expr part(@Nullable Expr part) {
        if (part == null) {
            throw new IllegalStateException("no ratio");
        }
        return part;
    }

    private List<@Nullable Object> recorded(int output) {
        var recorded = new ArrayList<@Nullable Object>();
        if (asked.part() != Part.VALUE) {
            recorded.add(key.value(output, asked.part()));
            return recorded;
        }
        if (ranked(question.plan().outputs().get(output).value()).isPresent()) {
            return recorded;
        }
        recorded.add(key.value(output, Part.VALUE));
        if (question.plan().outputs().get(output).numerator() != null) {
            recorded.add(key.value(output, Part.NUMERATOR));
            recorded.add(key.value(output, Part.DENOMINATOR));
        }
        return recorded;
    }

    /** What gives most first: of a ratio by its numerator. */
    private Page page(CellOpening.Into into, @Nullable Position after) {
        var order = new ArrayList<Ordering>();
        boolean isRatio =
                into.values().getFirst().column().equals(asked.column())
                        && into.values().stream()
                                .anyMatch(
                                        value -> value.column().equals(asked.column() + NUMERATOR));
        order.add(new Ordering(new Ordering.By.Value(isRatio ? 1 : 0), asked.descending()));
        for (int at = 0; at < into.shown().size(); at++) {
            order.add(new Ordering(new Ordering.By.Key(at), false));
        }
        return new Page(order, asked.first(), after);
    }

    private String ofPages() {
        return OpaqueText.digest(
                String.join(
                        "|",
                        fingerprint,
                        asked.key(),
                        asked.by().name(),
                        asked.part().name(),
                        Boolean.toString(asked.descending()),
                        asked.column()));
    }

    private Optional<Cursor> cursor() {
        if (asked.after() == null) {
            return Optional.empty();
        }
        var cursor =
                Cursor.decode(asked.after()).filter(found -> found.fingerprint().equals(ofPages()));
        if (cursor.isEmpty()) {
            problems.add(Planner.BAD_CURSOR);
        }
        return cursor;
    }

    private List<Column> columns(CellOpening.Into into) {
        var columns = new ArrayList<Column>();
        into.shown()
                .forEach(shown ->
                        columns.add(
                                Outputs.dimension(shown.column(), shown.column(), shown.type())));
        var of =
                question.columns().stream()
                        .filter(column ->
                                column.role() == Role.MEASURE
                                        && column.key().equals(asked.column()))
                        .findFirst()
                        .orElseThrow();
        for (var value : into.values()) {
            columns.add(
                    value.column().equals(of.key())
                            ? of
                            : value.column().equals(Behind.ROW_COUNT) ? ROWS : part(of, value));
        }
        return columns;
    }

    private static Column part(Column of, Value value) {
        var suffix = ", " + value.column().substring(value.column().lastIndexOf('.') + 1);
        return new Column(
                value.column(),
                of.label() + suffix,
                Role.MEASURE,
                value.of().type().shownAs(),
                Outputs.unit(value.of()),
                value.of().type().unit() instanceof Unit.Money(var code) ? code : null,
                null,
                null,
                of.attributesAsOf());
    }

    private List<Notice> notices(AnalysisPlan plan, List<Value> values) {
        var notices = new ArrayList<Notice>();
        question.notices().stream()
                .filter(notice -> notice.column() == null || notice.column().equals(asked.column()))
                .forEach(notices::add);
        var apart =
                switch (asked.by()) {
                    case ACCOUNT -> Set.of(EntityRef.ACCOUNT, EntityRef.USER);
                    case USER -> Set.of(EntityRef.USER);
                    case ROW -> Set.<EntityRef>of();
                };
        for (var value : values) {
            if (!CellOpening.addsUp(plan, value.of(), apart)) {
                notices.add(
                        new Notice(
                                NOT_ADDITIVE,
                                "'%s' is computed anew for each row; the rows do not add up to it."
                                        .formatted(value.column()),
                                value.column()));
            }
        }
        return notices;
    }
}
