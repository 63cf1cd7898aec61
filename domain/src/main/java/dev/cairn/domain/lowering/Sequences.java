package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Steps;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Attempts.Choice;
import dev.cairn.domain.plan.Attempts.Input;
import dev.cairn.domain.plan.Attempts.Order;
import dev.cairn.domain.plan.Attempts.Step;
import dev.cairn.domain.plan.Attempts.Without;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lowers {@code steps(...)}: attempts at a sequence, each of which is the fact of its first step with what came of it. */
public final class Sequences {
    private static final Expr INSTANT_OF_RULE =
            new Expr.TimeEdge(Expr.TimeEdge.Of.WINDOW, true, Type.TIMESTAMP);

    /** Each set of steps that may still be open is looked for. */
    private static final int MOST_UNORDERED = 5;

    private static final String STEP = "a step";

    private final Lowering lowering;
    private final Relations relations;

    Sequences(Lowering lowering, Relations relations) {
        this.lowering = lowering;
        this.relations = relations;
    }

    /** Rows of one step, as its clause reads them. */
    record Rows(RelationClause clause, Relations.Read read) {
        RelationKey.OfFacts facts() {
            return (RelationKey.OfFacts) read.relation();
        }

        Source source() {
            return facts().source();
        }

        Expr.Field time() {
            return facts().placing().time();
        }
    }

    /** Empty where it is not known what is read; the problem is told. */
    Optional<Relations.Read> read(
            Steps steps, RelationClause clause, Span span, Frame frame, Leaves leaves) {
        var unit =
                new SequenceUnits(lowering, frame)
                        .unit(steps.per(), "steps", steps.steps().getFirst(), span);
        boolean fits = fits(steps, clause, span, frame);
        var rows =
                steps.steps().stream()
                        .flatMap(step -> rows(step, STEP, steps.per(), frame).stream())
                        .toList();
        var unwanted =
                steps.without().stream()
                        .flatMap(none -> rows(none.relation(), STEP, steps.per(), frame).stream())
                        .toList();
        if (!fits
                || unit.isEmpty()
                || rows.size() < steps.steps().size()
                || unwanted.size() < steps.without().size()) {
            return Optional.empty();
        }
        var all = Stream.concat(rows.stream(), unwanted.stream()).toList();
        if (!areOfOneKind(all, frame, span)) {
            return Optional.empty();
        }
        boolean areOfOneSource = rows.stream().map(Rows::source).distinct().count() == 1;
        if (!areOfOneSource && steps.order() == Steps.Order.UNORDERED) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "An attempt has the fields of the row that begins it, and one that is 'unordered' may begin at any step, here in rows of several sources. Say each order, and add them.")
                            .offering(
                                    "count(steps(a -> b within 7 days per account) where completed) + count(steps(b -> a within 7 days per account) where completed)"));
            return Optional.empty();
        }
        var first = rows.getFirst();
        return end(steps.within(), steps.inclusive(), first, frame)
                .flatMap(end -> sequence(steps, rows, unwanted, unit.get(), end, frame))
                .map(sequence -> read(sequence, first, steps, clause, frame, leaves));
    }

    private Relations.Read read(
            RelationKey.Sequence all,
            Rows first,
            Steps steps,
            RelationClause clause,
            Frame frame,
            Leaves leaves) {
        var during = frame.during(first.read().scan().time());
        var sequence = narrowed(all, during, frame, clause.span());
        var relation = new RelationKey.OfFacts(first.source(), first.facts().placing(), sequence);
        var scan = lowering.scan(relation, during, clause.span());
        boolean beginsAnywhere = steps.order() == Steps.Order.UNORDERED;
        var level =
                ((Level.Row) first.read().rows().level())
                        .with(leaves.inner(scan), sequence.attempts());
        var rows =
                frame.asOf(first.read().rows().asOf())
                        .at(level)
                        .knowing(relation.neverEmpty())
                        .given(beginsAnywhere ? Expr.TRUE : first.read().where());
        var asked = Expr.and(ofCell(scan, leaves, frame), relations.where(clause.where(), rows));
        var where =
                steps.withPending()
                        ? asked
                        : Expr.and(new Expr.Not(pending(sequence.attempts(), frame)), asked);
        return new Relations.Read(scan, where, rows.given(where), !where.type().isBroken());
    }

    /** What {@code only} asks of rows is asked of those of each step. */
    private RelationKey.Sequence narrowed(
            RelationKey.Sequence sequence, Frame during, Frame frame, Span span) {
        if (frame.narrowing().conditions().isEmpty()) {
            return sequence;
        }
        var plain = during.narrowed(Narrowing.NONE);
        return sequence.asking(
                IntStream.range(0, sequence.sources().size())
                        .mapToObj(sequence::input)
                        .map(input -> lowering.scan(input, plain, span))
                        .map(scan ->
                                lowering.narrowings()
                                        .where(
                                                scan,
                                                new Leaves(Leaves.Binder.OF_MEMBER).inner(scan),
                                                frame))
                        .map(Sequences::ofRowsAlone)
                        .toList());
    }

    /** What it asks of their account, read in the bucket, is asked of the attempt: it holds of all rows of a unit or of none. */
    private Expr ofCell(ScanKey scan, Leaves leaves, Frame frame) {
        return Exprs.conjuncts(lowering.narrowings().where(scan, leaves.inner(scan), frame))
                .stream()
                .filter(Sequences::isOfCell)
                .reduce(Expr.TRUE, Expr::and);
    }

    /** What a condition asks of the rows of a step, whatever the bucket. */
    static Expr ofRowsAlone(Expr asked) {
        return Exprs.conjuncts(asked).stream()
                .filter(part -> !isOfCell(part))
                .reduce(Expr.TRUE, Expr::and);
    }

    /** What is read for a rule ends with its instant: an attempt is pending whose span does not, whatever comes of it. */
    private static Expr pending(Attempts attempts, Frame frame) {
        return frame.state() == null
                ? Attempts.pending()
                : new Expr.Or(
                        Attempts.pending(),
                        new Expr.Compare(
                                attempts.inclusive()
                                        ? Comparator.GREATER_OR_EQUAL
                                        : Comparator.GREATER,
                                attempts.end().instant(),
                                INSTANT_OF_RULE));
    }

    /** Whether a condition says that an attempt is pending. */
    static boolean isPending(Expr condition) {
        return condition.equals(Attempts.pending())
                || (condition instanceof Expr.Or(var pending, Expr.Compare(_, _, var instant))
                        && pending.equals(Attempts.pending())
                        && instant.equals(INSTANT_OF_RULE));
    }

    // ---- what is refused

    private boolean fits(Steps steps, RelationClause clause, Span span, Frame frame) {
        boolean fits = true;
        if (clause.timing() != null) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    clause.span(),
                    "'on', 'at' and 'during' are of facts; an attempt is at the time of its first step. Say 'on' of a step.");
            fits = false;
        }
        if (steps.order() == Steps.Order.UNORDERED && steps.steps().size() > MOST_UNORDERED) {
            lowering.broken(
                    ProblemCode.LIMIT,
                    frame,
                    span,
                    "A sequence that is 'unordered' has at most %d steps; this has %d.",
                    MOST_UNORDERED,
                    steps.steps().size());
            fits = false;
        }
        for (var none : steps.without()) {
            fits &= isBetweenSteps(none, steps.steps().size(), frame);
        }
        fits &= isByBucket(frame, span);
        fits &= isKnownInRule(steps, frame, span);
        return fits;
    }

    /** At the instant of a rule it is known how attempts have ended whose span has; which there are, or which gets furthest, may depend on what comes later. */
    private boolean isKnownInRule(Steps steps, Frame frame, Span span) {
        var state = frame.state();
        boolean isKnown = true;
        if (state != null) {
            isKnown &= isFirstInRule(steps, frame, span);
            isKnown &= isWholeInRule(steps, frame, span);
            isKnown &= isOverInRule(steps, frame, span);
            isKnown &= isOfWholeRule(state.isOfUnit(), frame, span);
        }
        return isKnown;
    }

    private boolean isByBucket(Frame frame, Span span) {
        boolean isByBucket = frame.time().ofSubject() == null;
        if (!isByBucket) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "Attempts are read by bucket, and not in a window of each member or row; say by a condition when they began.")
                            .offering(
                                    "count(steps(...) where started >= account.signed_at and started < account.signed_at + 30 days) over ever"));
        }
        return isByBucket;
    }

    private boolean isOfWholeRule(boolean isOfUnit, Frame frame, Span span) {
        if (isOfUnit) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "In a rule attempts are of the whole window and not of each unit of time, at the end of which most are not over; leave the unit out.")
                            .offering("exists(steps(...) where completed) over last 28 days"));
        }
        return !isOfUnit;
    }

    private boolean isFirstInRule(Steps steps, Frame frame, Span span) {
        boolean isFirst = steps.attempt() == Steps.Attempt.FIRST;
        if (!isFirst) {
            var problem =
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            frame.at(span),
                            "A rule is read at an instant, and which of several attempts gets furthest may be known later only; ask for the first, or, of two steps, whether the one has followed the other.");
            lowering.broken(
                    problem.offering(
                            "first",
                            "exists(touch(b after a within 7 days per account) on later_at)"));
        }
        return isFirst;
    }

    private boolean isWholeInRule(Steps steps, Frame frame, Span span) {
        boolean isWhole = steps.without().isEmpty();
        if (!isWhole) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    span,
                    "A rule is read at an instant, and of an attempt that is not over by then it may be known later only that something lies in it that must not; leave 'without' out.");
        }
        return isWhole;
    }

    private boolean isOverInRule(Steps steps, Frame frame, Span span) {
        if (steps.withPending()) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    span,
                    "A rule is read at an instant, and how far an attempt had got by then that is not over is not told apart from what came later; leave 'with pending' out.");
        }
        return !steps.withPending();
    }

    private boolean isBetweenSteps(Steps.Without none, int steps, Frame frame) {
        var between = none.between();
        if (between == null
                || (between.from() >= 1
                        && between.from() < between.to()
                        && between.to() <= steps)) {
            return true;
        }
        lowering.broken(
                ProblemCode.INCOMPATIBLE,
                frame,
                none.relation().span(),
                "'between %d and %d' names two of the steps, which are numbered from 1 to %d, the earlier first.",
                between.from(),
                between.to(),
                steps);
        return false;
    }

    // ---- rows of steps

    /** @param what they are, for messages: "a step" */
    Optional<Rows> rows(RelationClause step, String what, String per, Frame frame) {
        if (!(step.head() instanceof Head.Named named) || relations.areUnits(step)) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    step.head().span(),
                    "%s is a row of a source or slice.",
                    capitalized(what));
            return Optional.empty();
        }
        if (step.weight() != null) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    step.weight().span(),
                    "%s is there or it is not, whatever a row weighs.",
                    capitalized(what));
            return Optional.empty();
        }
        var own = new Leaves(Leaves.Binder.OF_MEMBER);
        return relations
                .read(step, frame.narrowed(Narrowing.NONE), own)
                .filter(Relations.Read::sound)
                .flatMap(read -> rows(step, named, read, what, per, frame));
    }

    private Optional<Rows> rows(
            RelationClause step,
            Head.Named named,
            Relations.Read read,
            String what,
            String per,
            Frame frame) {
        if (!(read.relation() instanceof RelationKey.OfFacts(var source, var placing, _))
                || !(placing instanceof Placing.At)) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    named.span(),
                    "%s is at one time: '%s' is read as what holds for a time, or as members.",
                    capitalized(what),
                    named.name());
            return Optional.empty();
        }
        if (Names.link(per, source).isEmpty() && EntityRef.isBuiltIn(per)) {
            var problem =
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            frame.at(named.span()),
                            "'%s' cannot be %s per %s: its facts are of no %s.",
                            named.name(),
                            what,
                            per,
                            per);
            lowering.broken(source.isOfAccounts() ? problem.offering("per account") : problem);
            return Optional.empty();
        }
        return dependsOnCell(read.where(), "the condition of " + what, frame, step.span())
                ? Optional.empty()
                : Optional.of(new Rows(step, read));
    }

    private static String capitalized(String what) {
        return Character.toUpperCase(what.charAt(0)) + what.substring(1);
    }

    /** Which rows there are does not depend on the cell; so nothing is read that does. */
    boolean dependsOnCell(Expr read, String where, Frame frame, Span span) {
        var around = where.endsWith(Touchings.SIDE) ? "touch(...)" : "steps(...)";
        boolean readsLeaves = !Exprs.leavesIn(read).isEmpty();
        boolean readsEdges = isOfCell(read);
        boolean readsRates = Exprs.readsRates(read);
        if (readsLeaves) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "An aggregate in %s is of one bucket, and which rows there are is not: ask it of all that is made of them.",
                                    where)
                            .offering(around + " where per(account : ...)"));
        } else if (readsEdges) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "An edge of the bucket, or an attribute as of one, in %s is of one bucket, and which rows there are is not: ask it of all that is made of them.",
                                    where)
                            .offering(around + " where ..."));
        } else if (readsRates) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "A converted amount in %s may lack its rate, and then the row would be neither there nor not: compare amounts of one currency, or ask it of all that is made of them.",
                                    where)
                            .offering(around + " where convert(amount, 'USD') > 100"));
        }
        return readsLeaves || readsEdges || readsRates;
    }

    /** Whether what is read depends on the bucket that it is read in. */
    public static boolean isOfCell(Expr read) {
        return !Exprs.leavesIn(read).isEmpty()
                || Exprs.any(
                        read,
                        part ->
                                part instanceof Expr.TimeEdge
                                        || Exprs.attribute(part)
                                                .filter(attribute ->
                                                        attribute.asOf() instanceof AsOf.Edge)
                                                .isPresent());
    }

    private boolean areOfOneKind(List<Rows> rows, Frame frame, Span span) {
        var times = rows.stream().map(Rows::time).distinct().toList();
        if (times.stream().map(time -> time.type().kind()).distinct().count() > 1) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    span,
                    "A sequence is of dates or of instants, and not of both: %s.",
                    String.join(
                            ", ",
                            times.stream()
                                    .map(time ->
                                            "'%s.%s' (%s)"
                                                    .formatted(
                                                            time.source(),
                                                            time.name(),
                                                            time.type().word()))
                                    .toList()));
            return false;
        }
        boolean isEachReadOnce =
                times.stream().map(Expr.Field::source).distinct().count() == times.size();
        if (!isEachReadOnce) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    span,
                    "A row stands at one time in a sequence, and one source is read by several here: %s. Between two times of one row there are 'hours(a, b)' and conditions, as in 'where solved_at is not none'.",
                    String.join(
                            ", ",
                            times.stream()
                                    .map(time -> "'%s.%s'".formatted(time.source(), time.name()))
                                    .toList()));
        }
        return isEachReadOnce;
    }

    // ---- the sequence

    Optional<SubjectWindow.Edge> end(TimeSpan span, boolean inclusive, Rows first, Frame frame) {
        boolean isDate = first.time().type().kind() == Type.Kind.DATE;
        var unit = span.unit();
        if (isDate && (unit == TimeSpan.Unit.HOUR || unit == TimeSpan.Unit.MINUTE)) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    span.span(),
                    "'%s.%s' is a date and has no time of day: hours and minutes are counted from an instant.",
                    first.source().name(),
                    first.time().name());
            return Optional.empty();
        }
        if (lowering.length(span, frame).isEmpty()) {
            return Optional.empty();
        }
        return lowering.moved(first.time(), span, BigDecimal.ONE, frame)
                .flatMap(end -> isDate && inclusive ? dayAfter(end, frame) : Optional.of(end))
                .map(end ->
                        new SubjectWindow.Edge(
                                end, lowering.instant(end), lowering.attributes().day(end)));
    }

    private Optional<Expr> dayAfter(Expr date, Frame frame) {
        return lowering.moved(
                date, new TimeSpan("1", TimeSpan.Unit.DAY, Span.NOWHERE), BigDecimal.ONE, frame);
    }

    private Optional<RelationKey.Sequence> sequence(
            Steps steps,
            List<Rows> rows,
            List<Rows> unwanted,
            EntityRef unit,
            SubjectWindow.Edge end,
            Frame frame) {
        var all = Stream.concat(rows.stream(), unwanted.stream()).toList();
        var sources = all.stream().map(Rows::source).distinct().toList();
        var inputs =
                sources.stream()
                        .map(source ->
                                all.stream()
                                        .filter(row -> row.source().equals(source))
                                        .findFirst()
                                        .orElseThrow())
                        .map(row ->
                                new Input(
                                        row.source().name(),
                                        row.time(),
                                        key(row.source()),
                                        !row.source().key().isEmpty(),
                                        Expr.TRUE))
                        .toList();
        var read = new ArrayList<Step>();
        for (var row : rows) {
            var same = same(steps.same(), row, frame);
            if (same.isEmpty()) {
                return Optional.empty();
            }
            read.add(new Step(sources.indexOf(row.source()), row.read().where(), same.get()));
        }
        boolean isDate = rows.getFirst().time().type().kind() == Type.Kind.DATE;
        return areAlike(read.stream().map(Step::same).toList(), steps.same(), frame)
                ? Optional.of(
                        new RelationKey.Sequence(
                                sources,
                                new Attempts(
                                        inputs,
                                        read,
                                        unit,
                                        end,
                                        steps.inclusive() && !isDate,
                                        switch (steps.order()) {
                                            case LOOSE -> Order.LOOSE;
                                            case STRICT -> Order.STRICT;
                                            case UNORDERED -> Order.UNORDERED;
                                        },
                                        switch (steps.attempt()) {
                                            case FIRST -> Choice.FIRST;
                                            case ANY -> Choice.ANY;
                                        },
                                        without(steps, unwanted, sources))))
                : Optional.empty();
    }

    /** Without numbers the whole attempt is meant. */
    private static List<Without> without(Steps steps, List<Rows> unwanted, List<Source> sources) {
        return IntStream.range(0, unwanted.size())
                .mapToObj(at -> {
                    var between = steps.without().get(at).between();
                    var rows = unwanted.get(at);
                    return new Without(
                            sources.indexOf(rows.source()),
                            rows.read().where(),
                            between == null ? 1 : between.from(),
                            between == null ? steps.steps().size() : between.to());
                })
                .toList();
    }

    /** What orders the rows of one time: their key; without one what is stored of them, in the order of its declaration, so that no number depends on how rows were taken in. */
    static List<Expr> key(Source source) {
        var fields =
                source.key().isEmpty()
                        ? source.fields().stream().filter(field -> field.compute() == null)
                        : source.key().stream().flatMap(name -> source.field(name).stream());
        return fields.<Expr>map(field -> TypeRules.field(source, field)).toList();
    }

    /** What a row has in common with the others of its attempt. */
    Optional<List<Expr>> same(List<Path> same, Rows row, Frame frame) {
        var values = same.stream().map(path -> lowering.lower(path, row.read().rows())).toList();
        boolean sound =
                values.stream()
                        .noneMatch(value ->
                                value.type().isBroken()
                                        || dependsOnCell(
                                                value, "'same'", frame, row.clause().span()));
        return sound ? Optional.of(values) : Optional.empty();
    }

    /** @param read of each row what it has in common with the others */
    boolean areAlike(List<List<Expr>> read, List<Path> same, Frame frame) {
        for (int at = 0; at < same.size(); at++) {
            int index = at;
            var kinds = read.stream().map(of -> of.get(index).type().kind()).distinct();
            if (kinds.count() > 1) {
                lowering.broken(
                        ProblemCode.TYPE_MISMATCH,
                        frame,
                        same.get(at).span(),
                        "'%s' is not of one type in all rows.",
                        same.get(at).text());
                return false;
            }
        }
        return true;
    }
}
