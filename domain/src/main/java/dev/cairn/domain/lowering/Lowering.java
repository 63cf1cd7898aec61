package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Sizes;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.DatePart;
import dev.cairn.domain.time.Periods;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the names of formulas, checks types, units and levels, and gives typed expressions over leaves. Collects every problem; what has one is
 * {@link Expr#BROKEN} and goes with everything, so that one mistake is told once.
 */
public final class Lowering {
    /** Pieces of formulas, references put in place: beyond it a question is too large to be answered. */
    private static final int MOST_PIECES = 50_000;

    /** Levels of nesting, references put in place: what walks an expression may recurse. */
    private static final int DEEPEST = 200;

    private final Catalog catalog;
    private final Problems problems;
    private final ZoneId zone;
    private final DayOfWeek weekBegins;
    private final Names names;
    private final Attributes attributes;
    private final Aggregates aggregates;
    private final Calls calls;
    private final Comparisons comparisons;
    private final Numbers numbers;
    private final Choices choices;
    private final DateArithmetic dates;
    private final Times times;
    private final Scores scores;
    private final Ages ages;
    private final Narrowings narrowings;
    private final OfAccount ofAccount;
    private final Moments moments;
    private final Links links;
    private final LinkedFields linkedFields;
    private final Ranks ranks;
    private final Conversions conversions;
    private final Pairings pairings;
    private final Calendars calendars;
    private final Set<List<String>> tooLarge = new HashSet<>();

    private int pieces;
    private boolean readsZone;
    private int depth;
    private int definitionsEntered;
    private PartOfQuestion partOfQuestion = PartOfQuestion.NONE;

    /** Problems that arose inside of a definition that is referred to. */
    private final Set<Problem> inherited = new HashSet<>();

    private final Sizes sizes = new Sizes();
    private final SharedExpressions shared = new SharedExpressions(sizes);
    private final Cancellation cancellation;

    private Readers readers = Readers.UNKNOWN;

    /** Sources whose coverage begins with their facts, where that was not looked up and matters. */
    private final Set<String> undated = new LinkedHashSet<>();

    private final Set<GivenValue> given = new LinkedHashSet<>();

    /** How bare names of the outermost formula were read. */
    private final Map<String, Binding> bindings = new HashMap<>();

    /** Definitions that the outermost formula names. */
    private final Set<String> references = new LinkedHashSet<>();

    private final Map<Span, Naming> namings = new HashMap<>();

    /** @param zone in which a date that is compared with an instant begins */
    public Lowering(Catalog catalog, ZoneId zone, Problems problems) {
        this(catalog, zone, problems, Cancellation.NEVER);
    }

    /** Where weeks begin on Monday. */
    public Lowering(Catalog catalog, ZoneId zone, Problems problems, Cancellation cancellation) {
        this(catalog, zone, DayOfWeek.MONDAY, problems, cancellation);
    }

    /**
     * @param zone in which a date that is compared with an instant begins
     * @param weekBegins the first day of a week
     * @param cancellation polled at each piece of a formula
     */
    public Lowering(
            Catalog catalog,
            ZoneId zone,
            DayOfWeek weekBegins,
            Problems problems,
            Cancellation cancellation) {
        this.weekBegins = weekBegins;
        this.cancellation = cancellation;
        this.catalog = catalog;
        this.problems = problems;
        this.names = new Names(this);
        this.attributes = new Attributes(catalog, time -> localDate(time));
        this.aggregates = new Aggregates(this);
        this.zone = zone;
        this.comparisons = new Comparisons(this);
        this.numbers = new Numbers(this, comparisons);
        this.choices = new Choices(this, comparisons);
        this.dates = new DateArithmetic(this, comparisons);
        this.calls = new Calls(this, choices, dates);
        this.times = new Times(this);
        this.scores = new Scores(this, comparisons);
        this.ages = new Ages(this);
        this.narrowings = new Narrowings(this);
        this.ofAccount = new OfAccount(this, new OfEntity(this, aggregates));
        this.moments = new Moments(this);
        this.links = new Links(this);
        this.linkedFields = new LinkedFields(this);
        this.ranks = new Ranks(this);
        this.conversions = new Conversions(this);
        this.pairings = new Pairings(this);
        this.calendars = new Calendars(this, catalog);
    }

    public Catalog catalog() {
        return catalog;
    }

    /** Of which rows and groups aggregates are. */
    Narrowings narrowings() {
        return narrowings;
    }

    /** What is read through links. */
    public Links links() {
        return links;
    }

    /** Computed fields that read through links. */
    public LinkedFields linkedFields() {
        return linkedFields;
    }

    /** Values that formulas of the question, and those of a company's own definitions, give to parameters of metrics. */
    public Set<GivenValue> given() {
        return Set.copyOf(given);
    }

    /** Values that were given elsewhere to parameters of what is in place here. */
    public void given(Set<GivenValue> values) {
        given.addAll(values);
    }

    /** Values that a formula gives; what a pack defines gives as the pack means it. */
    void given(String metric, Map<String, Expr.Literal> values, Frame frame) {
        boolean isOfPack =
                frame.inside().stream()
                        .anyMatch(name -> catalog.entry(name).filter(Entry::isOfPack).isPresent());
        if (!isOfPack) {
            values.forEach((name, value) -> given.add(GivenValue.of(metric, name, value)));
        }
    }

    /** Sources to look up the first facts of, so that units of time begin with them. */
    public Set<String> undated() {
        return undated;
    }

    /** Takes note that these are to be looked up. */
    public void undated(Set<String> sources) {
        undated.addAll(sources);
    }

    /** In which instants have a date and an hour, and a date that is compared with an instant begins. */
    ZoneId zone() {
        readsZone = true;
        return zone;
    }

    /** The first day of a week. */
    DayOfWeek weekBegins() {
        return weekBegins;
    }

    /** Whether something that was lowered would be another expression in another zone. */
    boolean readsZone() {
        return readsZone;
    }

    /** Of formulas, references put in place, so far. */
    int pieces() {
        return pieces;
    }

    /** Counts what was lowered elsewhere; false where that is more than may be lowered, which is a problem. */
    public boolean counts(int lowered, Frame frame, Span span) {
        if (pieces + lowered > MOST_PIECES) {
            tooLarge(frame, span);
            return false;
        }
        pieces += lowered;
        return true;
    }

    /** Tells what the question reads. */
    public void asked(Readers read) {
        readers = read;
    }

    /** What the question reads, as far as that is known. */
    public Readers readers() {
        return readers;
    }

    /** How bare names of the outermost formula were read. */
    public Map<String, Binding> bindings() {
        return Map.copyOf(bindings);
    }

    /** Definitions that the outermost formula names. */
    public Set<String> references() {
        return Set.copyOf(references);
    }

    /** Those so far, which are forgotten: what follows is another part of the question. */
    public Set<String> takeReferences() {
        var taken = Set.copyOf(references);
        references.clear();
        return taken;
    }

    void bound(Frame frame, String relation, String name, Binding binding) {
        if (frame.isOutermost()) {
            bindings.put(Binding.key(relation, name), binding);
        }
    }

    void refersTo(Frame frame, String definition) {
        if (frame.isOutermost()) {
            references.add(definition);
        }
    }

    /** @param span where it is named */
    void refersTo(Frame frame, Naming naming, Span span) {
        refersTo(frame, naming.definition());
        if (frame.isOutermost()) {
            namings.put(span, naming);
        }
    }

    /** The metrics and slices that the outermost formula names, by where. */
    public Map<Span, Naming> namings() {
        return Map.copyOf(namings);
    }

    /** Problems that arose inside of a definition that is referred to: they may be told there already. */
    public Set<Problem> inherited() {
        return Set.copyOf(inherited);
    }

    /** What is lowered here is a part of the question, which is true of every leaf. */
    public <T> T ofQuestion(PartOfQuestion part, Supplier<T> lowered) {
        var around = partOfQuestion;
        partOfQuestion = part;
        try {
            return lowered.get();
        } finally {
            partOfQuestion = around;
        }
    }

    /** Whether a condition, a cohort or a key of the question is lowered. */
    boolean isOfQuestion() {
        return partOfQuestion != PartOfQuestion.NONE;
    }

    PartOfQuestion partOfQuestion() {
        return partOfQuestion;
    }

    /** Reports a problem; what has it is broken. */
    public Expr broken(Problem problem) {
        if (definitionsEntered > 0) {
            inherited.add(problem);
        }
        problems.add(problem);
        return Expr.BROKEN;
    }

    /** A name that is not known, with near ones. */
    public Expr unknown(
            Problem problem, String wanted, Supplier<? extends Collection<String>> known) {
        return broken(problems.add(problem, wanted, known));
    }

    /** What is lowered here is of a definition that is referred to, where the frame says so. */
    <T> T inside(Frame frame, Supplier<T> lowered) {
        if (!frame.fixed()) {
            return lowered.get();
        }
        definitionsEntered++;
        try {
            return lowered.get();
        } finally {
            definitionsEntered--;
        }
    }

    /** Reports a problem of a piece of the formula that the frame is of. */
    public Expr broken(
            ProblemCode code, Frame frame, Span span, String message, Object... arguments) {
        return broken(Problem.of(code, frame.at(span), message, arguments));
    }

    /** Reports a function or an operator that does not go with what it is given. */
    Expr misused(String word, String why, Frame frame, Span span) {
        return broken(
                ProblemCode.TYPE_MISMATCH, frame, span, "'%s' cannot be used so: %s.", word, why);
    }

    /** The formula of a definition or a question. */
    public Expr formula(String text, Frame frame) {
        return inside(
                frame,
                () ->
                        parsed(text, frame)
                                .map(formula -> lower(formula, frame))
                                .orElse(Expr.BROKEN));
    }

    /** The same, where it must be true or false. */
    public Expr rule(String text, Frame frame) {
        return inside(
                frame,
                () ->
                        parsed(text, frame)
                                .map(formula -> condition(formula, frame))
                                .orElse(Expr.BROKEN));
    }

    /** The local date of an instant. */
    Expr localDate(Expr instant) {
        return dates.localDate(instant);
    }

    /** A date or an instant that is said, as one or the other. */
    Expr said(Expr.Literal moment, Type type) {
        return type.kind() == Type.Kind.TIMESTAMP
                ? instant(moment)
                : moment.value() instanceof Instant at
                        ? new Expr.Literal(at.atZone(zone()).toLocalDate(), Type.DATE)
                        : moment;
    }

    /** As-of of a rule that is read at an instant. */
    public Expr asOf(TimeContext.@Nullable Point instant, Type type) {
        return times.asOf(instant, type);
    }

    /** A date or an instant as an instant: of a date the first of the day. */
    Expr instant(Expr time) {
        return time.type().kind() == Type.Kind.DATE
                ? new Expr.Call(
                        Function.DAY_START,
                        List.of(time, Expr.text(zone().getId())),
                        Type.TIMESTAMP)
                : time;
    }

    /** What grains of calendars mean. */
    Calendars calendars() {
        return calendars;
    }

    /** What a question is cut by; empty where there is no such grain, which is told. */
    public Optional<Periods> periods(AskedGrain grain, Place place) {
        return calendars.periods(grain, place);
    }

    Expr asOf(Frame frame, Span span, Type type) {
        return times.asOf(frame, span, type);
    }

    /** Members that are split by values of their facts. */
    Pairings pairings() {
        return pairings;
    }

    /** Places among groups. */
    Ranks ranks() {
        return ranks;
    }

    /** What each part of a score that was lowered adds to it, where one of the parts has a name; empty for what is no score itself. */
    public List<NamedPart> partsOf(Expr value, Leaves leaves) {
        return scores.partsOf(value, leaves);
    }

    Scores scores() {
        return scores;
    }

    /** As of when attributes are read. */
    Moments moments() {
        return moments;
    }

    /** In which currency amounts are. */
    Conversions conversions() {
        return conversions;
    }

    /** What a dimension or filter names, as of when it says. */
    public Expr read(Formula.Path path, @Nullable Moment asOf, Frame frame, Span span) {
        return lower(asOf == null ? path : new Formula.PathAsOf(path, asOf, span), frame);
    }

    /** Attributes of accounts and users. */
    public Attributes attributes() {
        return attributes;
    }

    /**
     * Whether the account at hand is in a cohort.
     *
     * @param asOf null: as of when the rows at hand read attributes
     */
    public Expr cohort(String name, @Nullable Moment asOf, Frame frame, Span span) {
        return names.cohort(name, asOf, frame, span);
    }

    /** A part of a date or an instant, as a dimension. */
    public Expr part(DatePart part, Expr time, Frame frame, Span span) {
        return dates.part(part, time, frame, span);
    }

    /** Within the periods of the language as a date is within those of a calendar. */
    Expr inLanguage(Expr date, Periods periods) {
        return dates.inLanguage(date, periods);
    }

    /** A date or an instant by a grain, as a dimension. */
    public Expr floored(Expr time, AskedGrain grain, Frame frame, Span span) {
        return dates.floored(time, grain, frame, span);
    }

    /** The day on which rows of a relation are read, which have an age then. */
    public Expr day(RelationKey relation, Frame frame) {
        return Ages.day(relation, this, frame);
    }

    /** What a bare name of a question may mean besides a cohort, in full. */
    public List<String> readingsOf(String name) {
        return names.readingsOf(name);
    }

    /** The value of a metric at the level of the frame, its parameters as they are by default. */
    public Expr metric(Entry metric, Frame frame, Span span) {
        return metric(
                metric, ParameterValues.defaultsOf((Metric) metric.definition()), frame, span);
    }

    /** The same, with values of its parameters. */
    public Expr metric(Entry metric, ParameterValues values, Frame frame, Span span) {
        return names.metric(metric, values, span, frame);
    }

    /** The value of a metric to whose name a formula adds values of parameters. */
    Expr metricWith(Formula.Call call, Frame frame) {
        return names.metricWith(call, frame);
    }

    /** What is of the account of what is at hand. */
    OfAccount ofAccount() {
        return ofAccount;
    }

    /** How many units a span has: a whole number, or the parameter that stands for one; empty where it is none, which is told. */
    Optional<BigDecimal> count(TimeSpan span, Frame frame) {
        return dates.count(span, frame);
    }

    /** A date or an instant so many units later, or earlier; empty where that is too far, which is told. */
    Optional<Expr> moved(Expr time, TimeSpan by, BigDecimal sign, Frame frame) {
        return dates.moved(time, by, sign, frame);
    }

    /**
     * A relation, as it is read where the frame stands.
     *
     * @param span where it is written
     */
    ScanKey scan(RelationKey relation, Frame frame, Span span) {
        var scan =
                ScanKey.at(frame.level(), relation, frame.time(), Kept.ALL)
                        .ofRow(pairings.values(relation, frame, span));
        return scan.keeping(Narrowings.kept(scan, frame, this));
    }

    /** The length of a tile, at least one of its unit. */
    Optional<TimeContext.Length> length(TimeSpan span, Frame frame) {
        return times.length(span, frame);
    }

    /** What several places name. */
    SharedExpressions shared() {
        return shared;
    }

    /** A value that has a name: where it is large, and not copied wherever it is named. */
    public Expr common(Expr value) {
        return shared.common(value);
    }

    private Optional<Formula> parsed(String text, Frame frame) {
        return switch (FormulaParser.parse(text, frame.place())) {
            case Parsed.Ok(var formula) -> Optional.of(formula);
            case Parsed.Failed(var found) -> {
                found.forEach(
                        problem -> broken(frame.fixed() ? problem.in(frame.place()) : problem));
                yield Optional.empty();
            }
        };
    }

    /** The expression that a formula is where the frame says it stands. */
    public Expr lower(Formula formula, Frame frame) {
        cancellation.check();
        if (pieces >= MOST_PIECES || depth >= DEEPEST) {
            return tooLarge(frame, formula.span());
        }
        pieces++;
        depth++;
        try {
            var lowered = lowered(formula, frame);
            var size = sizes.of(lowered);
            return size.pieces() > MOST_PIECES || size.depth() > DEEPEST
                    ? tooLarge(frame, formula.span())
                    : lowered;
        } finally {
            depth--;
        }
    }

    /** Told once of each formula: all that follows in it is too much as well. */
    private Expr tooLarge(Frame frame, Span span) {
        if (!tooLarge.add(frame.place().path())) {
            return Expr.BROKEN;
        }
        return broken(
                ProblemCode.LIMIT,
                frame,
                span,
                "With all references put in place this is too large: at most %d pieces, %d levels deep. Ask for its parts as columns of their own.",
                MOST_PIECES,
                DEEPEST);
    }

    private Expr lowered(Formula formula, Frame frame) {
        return switch (formula) {
            case Formula.NumberLiteral(var value, _) -> Expr.number(value);
            case Formula.TextLiteral(var value, _) -> Expr.text(value);
            case Formula.BooleanLiteral(var value, _) -> new Expr.Literal(value, Type.BOOLEAN);
            case Formula.DateLiteral(var value, _) -> new Expr.Literal(value, Type.DATE);
            case Formula.InstantLiteral(var value, _) -> new Expr.Literal(value, Type.TIMESTAMP);
            case Formula.NoneLiteral _ -> Expr.NONE;
            case Formula.SpanLiteral(_, var span) ->
                    broken(
                            ProblemCode.TYPE_MISMATCH,
                            frame,
                            span,
                            "A length of time is added to a date or an instant, or taken from it: t + 3 days.");
            case Formula.GrainName(_, var span) ->
                    broken(
                            ProblemCode.TYPE_MISMATCH,
                            frame,
                            span,
                            "A grain is the second argument of 'trunc': trunc(t, month).");
            case Formula.Path path ->
                    Bands.of(path, frame, catalog)
                            .map(choice -> lower(choice, frame))
                            .orElseGet(() ->
                                    conversions.ofMember(
                                            names.resolve(path, frame), frame, path.span()));
            case Formula.PathAsOf read ->
                    conversions.ofMember(moments.lower(read, frame), frame, read.span());
            case Formula.Let let -> names.let(let, frame);
            case Formula.And(var left, var right, _) ->
                    Exprs.both(condition(left, frame), condition(right, frame), Expr.And::new);
            case Formula.Or(var left, var right, _) ->
                    Exprs.both(condition(left, frame), condition(right, frame), Expr.Or::new);
            case Formula.Not(var operand, _) -> Exprs.not(condition(operand, frame));
            case Formula.Comparison comparison -> comparisons.comparison(comparison, frame);
            case Formula.Is is -> comparisons.is(is, frame);
            case Formula.InList in -> comparisons.inList(in, frame);
            case Formula.InCohort in -> comparisons.inCohort(in, frame);
            case Formula.Arithmetic arithmetic ->
                    arithmetic.right() instanceof Formula.SpanLiteral(var by, _)
                            ? dates.moved(arithmetic, by, frame)
                            : numbers.arithmetic(arithmetic, frame);
            case Formula.Negative negative -> numbers.negative(negative, frame);
            case Formula.Over over -> times.over(over, frame);
            case Formula.Case whole -> choices.caseOf(whole, frame);
            case Formula.Aggregate aggregate -> aggregates.lower(aggregate, frame);
            case Formula.Shift shift -> times.shift(shift, frame);
            case Formula.Total total -> narrowings.total(total, frame);
            case Formula.Per per -> ofAccount.per(per, frame);
            case Formula.Only only -> narrowings.only(only, frame);
            case Formula.Convert convert -> conversions.convert(convert, frame);
            case Formula.Age age -> ages.of(age, frame);
            case Formula.WindowEdge edge -> times.edge(edge, frame);
            case Formula.Weighted weighted -> scores.weighted(weighted, frame);
            case Formula.Scale scale -> scores.scale(scale, frame);
            case Formula.Survival survival -> aggregates.survival(survival, frame);
            case Formula.Conversion conversion -> aggregates.conversion(conversion, frame);
            case Formula.Call call -> calls.lower(call, frame);
            case Formula.BucketEdge edge -> times.edge(edge, frame);
        };
    }

    /** A formula that must be true or false. */
    Expr condition(Formula formula, Frame frame) {
        var lowered = lower(formula, frame);
        if (lowered.type().isBoolean()) {
            return lowered;
        }
        return broken(
                ProblemCode.TYPE_MISMATCH,
                frame,
                formula.span(),
                "A condition is needed here, this is %s; compare it with something.",
                lowered.type().word());
    }
}
