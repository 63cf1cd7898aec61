package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.TimeContext.Point;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names that the catalogue has: metrics in formulas of members and cells, cohorts. */
final class CatalogNames {
    private final Lowering lowering;
    private final Catalog catalog;
    private final MetricReferences metrics;

    CatalogNames(Lowering lowering) {
        this.lowering = lowering;
        this.catalog = lowering.catalog();
        this.metrics = new MetricReferences(lowering);
    }

    /** @param alsoKnown what the name may have meant besides */
    Expr resolve(Path path, Frame frame, List<String> alsoKnown) {
        String name = path.text();
        var definition = catalog.entry(name).map(Entry::definition).orElse(null);
        if (definition == null) {
            return unknown(path, frame, alsoKnown);
        }
        return switch (definition) {
            case Metric _ -> metrics.refer(name, path.span(), frame);
            case Cohort _ -> cohortAlone(name, path, frame);
            case ConformedDimension dimension ->
                    new ConformedNames(lowering).named(dimension, path, frame);
            case Target target ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(path.span()),
                                            "'%s' is a target, not a value; a question asks for it beside its metric ('targets').",
                                            name)
                                    .offering(target.metric()));
            case Baseline baseline ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(path.span()),
                                            "'%s' is a baseline that was kept, not a value; a question asks for it beside its metric ('baselines').",
                                            name)
                                    .offering(baseline.metric()));
            case Success _ ->
                    lowering.broken(
                            ProblemCode.LEVEL_MISMATCH,
                            frame,
                            path.span(),
                            "'%s' says what success is, and in which time; it is no value. Write its rule, or a cohort of it.",
                            name);
            case Scope _ ->
                    lowering.broken(
                            ProblemCode.LEVEL_MISMATCH,
                            frame,
                            path.span(),
                            "'%s' is an access scope, which says what may be seen and is no value; write the condition itself, or name it as a cohort.",
                            name);
            case Question _ ->
                    lowering.broken(
                            ProblemCode.LEVEL_MISMATCH,
                            frame,
                            path.span(),
                            "'%s' is a saved question, which is asked by its name and is no value; name the metrics that it asks for.",
                            name);
            case Alert alert ->
                    lowering.broken(
                            ProblemCode.LEVEL_MISMATCH,
                            frame,
                            path.span(),
                            "'%s' is an alert, which tells people of '%s' and is no value.",
                            name,
                            alert.watched().of());
            case Calendar calendar ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(path.span()),
                                            "'%s' is a calendar, not a value; it has grains.",
                                            name)
                                    .offering(
                                            calendar.periods().stream()
                                                    .map(period -> name + "." + period)
                                                    .toArray(String[]::new)));
            case Source _, Slice _, Entity _ ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(path.span()),
                                            "'%s' is %s, not a value; aggregate it.",
                                            name,
                                            Article.a(definition.kind()))
                                    .offering("count(%s)".formatted(name)));
        };
    }

    Expr unknown(Path path, Frame frame, List<String> alsoKnown) {
        String name = path.text();
        var level = frame.level();
        var holders =
                catalog.all(Source.class).stream()
                        .filter(source -> source.field(name).isPresent())
                        .toList();
        if (!holders.isEmpty() && !(level instanceof Level.Rule)) {
            String source = holders.getFirst().name();
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    frame.at(path.span()),
                                    "'%s' is a field of a row of '%s', not a value of %s; put it inside an aggregate.",
                                    name,
                                    source,
                                    level.word())
                            .offering(RowValues.aggregated(source, name, catalog)));
        }
        boolean ofCell = level instanceof Level.Cell;
        return lowering.unknown(
                Problem.of(
                        ofCell ? ProblemCode.UNKNOWN_METRIC : ProblemCode.UNKNOWN_FIELD,
                        frame.at(path.span()),
                        ofCell
                                ? "No metric '%s'."
                                : level instanceof Level.Rule
                                        ? "No attribute '%s'."
                                        : "No attribute or metric '%s'.",
                        name),
                path.names().getLast(),
                () -> level instanceof Level.Rule ? alsoKnown : withMetrics(alsoKnown));
    }

    private List<String> withMetrics(List<String> names) {
        return Stream.concat(names.stream(), catalog.names(Metric.class).stream()).toList();
    }

    /** A path of several names, where no row is at hand. */
    Expr rowValue(Path path, Frame frame) {
        String owner = path.names().getFirst();
        var definition = catalog.entry(owner).map(Entry::definition).orElse(null);
        boolean isRelation =
                definition instanceof Source
                        || definition instanceof Slice
                        || definition instanceof Entity;
        if (!isRelation) {
            return Relations.unknown(owner, definition, lowering, frame.at(path.span()));
        }
        return lowering.broken(
                Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                frame.at(path.span()),
                                "'%s' is a value of a row, not of %s; put it inside an aggregate.",
                                path.text(),
                                frame.level().word())
                        .offering(
                                RowValues.aggregated(
                                        owner,
                                        String.join(
                                                ".", path.names().subList(1, path.names().size())),
                                        catalog)));
    }

    Expr cohortAlone(String name, Path path, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                frame.at(path.span()),
                                "'%s' is a cohort; ask whether the account is in it.",
                                name)
                        .offering("account in " + name));
    }

    Expr metric(Entry metric, ParameterValues values, Span span, Frame frame) {
        return metrics.refer(metric, values.byName(), span, frame);
    }

    /**
     * Whether the account at hand is a member, as {@link Membership} says.
     *
     * @param asOf null: as of when the rows at hand read attributes
     */
    Expr cohort(String name, @Nullable Moment asOf, Frame frame, Span span) {
        return switch (asOf) {
            case null -> cohortOfRows(name, frame, span);
            case Moment.AtFact _ ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.INCOMPATIBLE,
                                            frame.at(span),
                                            "The cohort '%s' is read once for an account and cell, not as of each fact.",
                                            name)
                                    .offering(name + " as of start", name + " as of end"));
            case Moment.AtStart _, Moment.AtEnd _, Moment.Now _, Moment.At _ ->
                    lowering.moments()
                            .noInstant(asOf, frame, span)
                            .orElseGet(() -> cohortAsOf(name, asOf, frame, span));
        };
    }

    private Expr cohortAsOf(String name, Moment asOf, Frame frame, Span span) {
        return lowering.moments()
                .asOf(asOf, frame, span)
                .map(said ->
                        cohort(
                                name,
                                lowering.moments().instant(asOf, frame),
                                frame.asOf(said),
                                span))
                .orElse(Expr.BROKEN);
    }

    /** A cohort that nothing says of when it is: as of the rule which names it, else of the rows at hand. */
    private Expr cohortOfRows(String name, Frame frame, Span span) {
        if (frame.state() != null) {
            // A unit of time is over before the instant of its rule: in each the cohort is that of
            // then.
            var point = frame.state().isOfUnit() ? null : frame.state().instant().point();
            return cohort(name, point, frame, span);
        }
        var own = frame.level().ofAccount();
        var point =
                frame.level() instanceof Level.Asked && lowering.isOfQuestion()
                        ? own.map(Leaves::instantOfRows).orElse(null)
                        : new Point.OfRows();
        var member = cohort(name, point, frame, span);
        if (SubjectWindows.holdIn(frame) && readsTime(member)) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "A cohort is read at one instant for an account and cell, and rows that are valid in a window of their own have an edge of their own each. Ask for the cohort beside what is read in the window, or as of a date.")
                            .offering(
                                    "account in %s and exists(...) over ...".formatted(name),
                                    name + " as of now"));
        }
        if (readsTime(member)) {
            own.ifPresent(Leaves::readState);
        }
        return member;
    }

    private static boolean readsTime(Expr member) {
        return Exprs.any(
                member, part -> part instanceof Expr.LeafValue || part instanceof TimeEdge);
    }

    private Expr cohort(String name, @Nullable Point instant, Frame asked, Span span) {
        var frame = inTimeOfRows(asked);
        var entry = catalog.entry(name).filter(found -> found.definition() instanceof Cohort);
        if (frame.level() instanceof Level.Row row && row.isBeingRead()) {
            return lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    span,
                    "A row is read alone: no cohorts are known then. Ask for 'account in %s' where rows are aggregated.",
                    name);
        }
        if (entry.isEmpty()) {
            return lowering.unknown(
                    Problem.of(ProblemCode.UNKNOWN_COHORT, frame.at(span), "No cohort '%s'.", name),
                    name,
                    () -> catalog.names(Cohort.class));
        }
        lowering.refersTo(frame, name);
        if (frame.inside().contains(name)) {
            return lowering.broken(BrokenReference.cycle(name, frame, span));
        }
        var cohort = (Cohort) entry.get().definition();
        return switch (cohort.members()) {
            case Cohort.Members.Accounts(var keys) -> Membership.of(keys);
            case Cohort.Members.Rule(var formula) -> {
                var inner =
                        frame.at(ofRule(frame))
                                .asState(instant)
                                .asOf(Moments.ofCohort(frame.asOf()))
                                .into(name, ofRule(frame), span, entry.get().bindings(), false);
                var rule = rule(name, formula, inner);
                boolean isLabel =
                        inner.asOf() instanceof AsOf.Now && !(instant instanceof Point.Now);
                if (isLabel && Exprs.any(rule, Expr.LeafValue.class::isInstance)) {
                    // Facts are of one instant, and the attributes beside them too.
                    rule = rule(name, formula, inner.asOf(lowering.moments().asOf(instant)));
                }
                yield Membership.of(
                        rule,
                        frame.level() instanceof Level.Rule
                                || (frame.state() != null
                                        && frame.level()
                                                instanceof Level.Member(var entity, _, _, _)
                                        && entity.isAccount()));
            }
        };
    }

    /** A cohort is read as attributes are: of rows in a unit of time as it is in the unit. */
    private static Frame inTimeOfRows(Frame frame) {
        return frame.level() instanceof Level.Asked(_, _, var own) && own != null
                ? own.timeOfRows().map(time -> frame.during(time.here())).orElse(frame)
                : frame;
    }

    private Expr rule(String cohort, String formula, Frame inner) {
        return lowering.shared()
                .once(cohort, Map.of(), inner, inner.place(), () -> lowering.rule(formula, inner));
    }

    /** What the rule of a cohort is read of: the account of what is at hand. */
    private static Level ofRule(Frame frame) {
        if (frame.level() instanceof Level.Rule) {
            return frame.level();
        }
        return frame.level()
                .ofAccount()
                .<Level>map(own -> new Level.Member(EntityRef.ACCOUNT, own, frame.time().here()))
                .orElseGet(() -> Level.Rule.OF_COHORT);
    }
}
