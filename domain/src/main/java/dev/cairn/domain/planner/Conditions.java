package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.UserKeys;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.AccessRule;
import dev.cairn.domain.lowering.Attributes;
import dev.cairn.domain.lowering.Bound;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.Membership;
import dev.cairn.domain.lowering.PartOfQuestion;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.ScanKey;
import dev.cairn.domain.lowering.Sequences;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.DatePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a question asks of every leaf: filter, cohort, group keys, and the caller's scope. Each relation reads them in its own way, or the question is
 * refused; nothing is ever left out on one leaf.
 */
final class Conditions implements Leaves.Binder {
    private final AnalysisQuery query;
    private final Caller caller;
    private final Lowering lowering;

    /** Whether the keys of the question are read too. */
    private final boolean withKeys;

    Conditions(AnalysisQuery query, Caller caller, Lowering lowering) {
        this(query, caller, lowering, true);
    }

    private Conditions(AnalysisQuery query, Caller caller, Lowering lowering, boolean withKeys) {
        this.query = query;
        this.caller = caller;
        this.lowering = lowering;
        this.withKeys = withKeys;
    }

    @Override
    public Leaves.Binder withoutKeys() {
        return new Conditions(query, caller, lowering, false);
    }

    /**
     * Rows of a scan, and what is read for the account of each.
     *
     * @param asOf when they read attributes that have a history
     */
    private record Rows(ScanKey scan, Leaves own, @Nullable AsOf asOf) {
        RelationKey relation() {
            return scan.relation();
        }

        /** The same rows, for which it is only looked what would be read. */
        Rows apart() {
            return new Rows(scan, own.unread(scan), asOf);
        }

        /** A condition on the rows; what it reads for their accounts is of the bucket, shifted as they are. */
        Frame condition(Place place) {
            return frame(false, place);
        }

        /** The formula of a dimension. */
        Frame key(Place place) {
            return frame(true, place);
        }

        /** The rule of a cohort: of the account, as it is when what is asked of the rows is read. */
        Frame rule(Place place) {
            var time = scan.time().here();
            return Frame.of(new Level.Member(EntityRef.ACCOUNT, own, time), place)
                    .during(time)
                    .asState(own.instantOfRows());
        }

        private Frame frame(boolean isKey, Place place) {
            return Frame.of(new Level.Asked(relation(), isKey, own), place)
                    .during(own.timeAsked(scan))
                    .asOf(asOf);
        }
    }

    @Override
    public Bound bind(ScanKey scan, Leaves own) {
        return lowering.ofQuestion(PartOfQuestion.CONDITION, () -> bound(scan, own));
    }

    private Bound bound(ScanKey scan, Leaves own) {
        var rows = new Rows(scan, own, asOf(scan));
        var asked = asked(rows);
        var part = withKeys ? PartOfQuestion.KEY : PartOfQuestion.NAMES_OF_KEY;
        var named = withKeys ? rows : rows.apart();
        var keys = lowering.ofQuestion(part, () -> keys(named));
        return new Bound(
                asked.given(seen(scan.relation()), scan.relation()),
                asked.written(scan.relation()),
                withKeys ? keys : List.of(),
                withKeys ? new AgesAsked(query, lowering).unitsOf(scan.relation()) : null,
                testMarks(rows, asked.all(), named, keys));
    }

    /** Rows of steps are of the groups of the row that begins their attempt. */
    @Override
    public Expr asked(ScanKey scan, Leaves own) {
        return lowering.ofQuestion(
                PartOfQuestion.CONDITION,
                () -> {
                    var relation = scan.relation();
                    var asked = asked(new Rows(scan, own, asOf(scan)));
                    return Expr.and(asked.given(seen(relation), relation), asked.written(relation));
                });
    }

    /** Of what is read for a row of nobody, which a scope does not say of, as it does of what is read for an account. */
    @Override
    public Expr seen(ScanKey scan) {
        return scan.relation().reaches(EntityRef.ACCOUNT)
                ? lowering.ofQuestion(
                        PartOfQuestion.CONDITION, () -> scope(caller, scan.relation(), lowering))
                : Expr.TRUE;
    }

    /** Rows of no account are none that a scope says of: a count of them would be 0, which is not how many there are. */
    private Expr seen(RelationKey relation) {
        var scope = scope(caller, relation, lowering);
        if (!caller.isScoped() || relation.reaches(EntityRef.ACCOUNT) || scope.type().isBroken()) {
            return scope;
        }
        var pointing =
                lowering.catalog().all(Source.class).stream()
                        .filter(Source::isOfAccounts)
                        .flatMap(source ->
                                source.pointers().stream()
                                        .filter(link ->
                                                relation.factsOf()
                                                        .filter(Source::isEntity)
                                                        .filter(of -> of.name().equals(link.to()))
                                                        .isPresent())
                                        .map(link ->
                                                "distinct(%s.%s)"
                                                        .formatted(source.name(), link.name())))
                        .toArray(String[]::new);
        return lowering.broken(
                Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                Place.of("metrics"),
                                "%s reads '%s', which is of no account, and you may see some accounts only.",
                                lowering.readers().of(relation),
                                relation.word())
                        .offering(pointing));
    }

    /** The conditions of the question, as rows have them. */
    private record Asked(Expr filter, Expr cohort, Expr formula) {
        List<Expr> all() {
            return List.of(filter, cohort, formula);
        }

        /** By where the question says them. */
        Map<String, Expr> byPlace() {
            return Map.of("filter", filter, "cohort", cohort, "where", formula);
        }

        Expr given(Expr scope, RelationKey relation) {
            return known(Expr.and(scope, Membership.kept(filter)), relation);
        }

        Expr written(RelationKey relation) {
            return known(
                    Expr.and(Membership.kept(cohort), Membership.keptAsWritten(formula)), relation);
        }
    }

    private Asked asked(Rows rows) {
        var filter =
                query.filter() == null
                        ? Expr.TRUE
                        : filters(rows).lower(query.filter(), Place.of("filter"));
        var asked = new Asked(filter, cohort(rows), written(rows));
        if (rows.relation().attemptsAt().isPresent()) {
            asked.byPlace().forEach(this::checkOfAttempts);
        }
        return asked;
    }

    private void checkOfAttempts(String place, Expr asked) {
        if (isOfRowAndAccount(asked)) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    Place.of(place),
                                    "Over attempts a filter says which rows are steps, and what it reads for an account is known of whole attempts alone: a condition that needs both at once has no meaning. Ask for each apart, joined by 'and', or write what is of the rows into the steps.")
                            .offering("event.name = 'login' and per(account : count(event)) > 3"));
        }
    }

    /** What is read for an account is read in the bucket, which decides nothing of the rows that are steps. */
    private static boolean isOfRowAndAccount(Expr asked) {
        return Exprs.conjuncts(asked).stream()
                .filter(Sequences::isOfCell)
                .anyMatch(part ->
                        Exprs.any(
                                part,
                                read ->
                                        read instanceof Expr.Field
                                                || (read instanceof Expr.Linked linked
                                                        && linked.beginsAtRow())));
    }

    /** As of when rows read attributes where nothing says so. */
    private @Nullable AsOf asOf(ScanKey scan) {
        return scan.attributes() != null
                ? scan.attributes()
                : lowering.attributes().asOf(scan.relation());
    }

    /** Without what is true of an account in any case. */
    private static Expr known(Expr condition, RelationKey relation) {
        return relation.equals(new RelationKey.OfMembers(EntityRef.ACCOUNT))
                ? Exprs.conjuncts(condition).stream()
                        .filter(part -> !part.equals(Exprs.isKnown(EntityRef.ACCOUNT)))
                        .reduce(Expr.TRUE, Expr::and)
                : condition;
    }

    /** The question's formula. */
    private Expr written(Rows rows) {
        return query.where() == null
                ? Expr.TRUE
                : lowering.rule(query.where(), rows.condition(Place.of("where")));
    }

    private Filters filters(Rows rows) {
        var names =
                new Filters.Names(
                        (name, place) -> filtered(name, place, rows),
                        name -> lowering.catalog().cohort(name).isPresent());
        var emptiness =
                new Emptiness(rows.relation().neverEmpty(), leaf -> rows.own().mayBeEmpty(leaf));
        return new Filters(query.zone(), names, emptiness, lowering::broken);
    }

    /** What is at no one time has several ages in a bucket: a filter would have to say of which. */
    private Expr filtered(String name, Place place, Rows rows) {
        boolean isAtOneTime = rows.relation() instanceof RelationKey.OfFacts(_, Placing.At _, _);
        return !isAtOneTime && AgesAsked.areIn(name)
                ? lowering.broken(
                        Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        place,
                                        "'%s' is at no one time, and has several ages in a bucket: a filter would have to say which of them is meant. Group by the age, or compare with an edge of the bucket in the formula.",
                                        rows.relation().word())
                                .offering("count(account where signed_on + 3 months > bucket.end)"))
                : dimension(name, place, rows);
    }

    private List<Expr> keys(Rows filtered) {
        // Attributes beside the account itself are its labels, and split no rows.
        boolean areLabels = groupsBy(EntityRef.ACCOUNT) && lowering.attributes().haveHistory();
        var rows = areLabels ? new Rows(filtered.scan(), filtered.own(), new AsOf.Now()) : filtered;
        var keys = new ArrayList<Expr>();
        for (int at = 0; at < query.groupBy().size(); at++) {
            var place = Place.of("groupBy", Integer.toString(at));
            var key = dimension(query.groupBy().get(at), place, rows);
            keys.add(
                    areLabels && readsRole(key)
                            ? Attributes.asLabels(
                                    dimension(query.groupBy().get(at), place, filtered))
                            : key);
        }
        var account = UserKeys.accountOfKeys(keys);
        if (!account.equals(Expr.NONE) && !groupsBy(EntityRef.ACCOUNT)) {
            keys.add(account);
        }
        return keys;
    }

    /** Whether it reads an attribute of an account in another role, which is no label of the one that is a key. */
    private static boolean readsRole(Expr key) {
        return Exprs.any(
                key,
                part ->
                        part instanceof Expr.Linked linked
                                && linked.end() instanceof Expr.Attribute
                                && linked.beginsAtRow());
    }

    private boolean groupsBy(EntityRef entity) {
        return query.groupBy().stream().anyMatch(dimension -> is(dimension, entity));
    }

    /** Whether a dimension is an entity itself, and not one of its attributes. */
    private static boolean is(String dimension, EntityRef entity) {
        var path =
                switch (FormulaParser.parseDimension(dimension, Place.NOWHERE)) {
                    case ParsedDimension.Ok(DimensionText.ByPath(var read, _, _, _)) -> read;
                    case ParsedDimension.Ok(DimensionText.ByFormula(Formula.Path read, _, _)) ->
                            read;
                    default -> null;
                };
        return path != null && path.names().equals(List.of(entity.name()));
    }

    private Expr dimension(String text, Place place, Rows rows) {
        var relation = rows.relation();
        var frame = rows.condition(place);
        return switch (FormulaParser.parseDimension(text, place)) {
            case ParsedDimension.Failed(var found) -> {
                found.forEach(lowering::broken);
                yield Expr.BROKEN;
            }
            case ParsedDimension.Ok(DimensionText.ByPath(var path, var by, var asOf, var span)) ->
                    floored(named(path, asOf, relation, frame, span), by, frame, span);
            case ParsedDimension.Ok(DimensionText.ByFormula(var formula, _, _)) ->
                    valued(lowering.lower(formula, rows.key(place)), formula, frame);
            case ParsedDimension.Ok(DimensionText.ByGrain(var grain, var span)) ->
                    lowering.periods(grain, frame.at(span))
                            .map(found ->
                                    lowering.broken(
                                            ProblemCode.INCOMPATIBLE,
                                            frame,
                                            span,
                                            "Time is asked for by the grain '%s', not as a dimension.",
                                            found.text()))
                            .orElse(Expr.BROKEN);
            case ParsedDimension.Ok(DimensionText.ByDatePart(var part, var of, var span)) ->
                    lowering.part(
                            part,
                            of == null
                                    ? ownTime(relation, part, frame, span)
                                    : named(of, null, relation, frame, of.span()),
                            frame,
                            span);
            case ParsedDimension.Ok(DimensionText.ByAge(var grain, var from, var span)) ->
                    lowering.lower(new Formula.Age(grain, from, span), rows.key(place));
        };
    }

    private Expr floored(Expr value, @Nullable AskedGrain by, Frame frame, Span span) {
        return by == null ? value : lowering.floored(value, by, frame, span);
    }

    /** The time by which the facts of a relation are placed; each aggregate is grouped by its own. */
    private Expr ownTime(RelationKey relation, DatePart part, Frame frame, Span span) {
        return switch (relation) {
            case RelationKey.OfFacts(_, Placing.At(var time), _) -> time;
            case RelationKey.OfTicks(var step) ->
                    throw new IllegalStateException("nothing is asked of a " + step.text());
            case RelationKey.OfFacts(var source, var valid, _) ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.INCOMPATIBLE,
                                            frame.at(span),
                                            "'%s' does not apply to %s, which reads rows of '%s' that hold for a time; say of which field.",
                                            part.text(),
                                            lowering.readers().of(relation),
                                            relation.word())
                                    .offering(
                                            "%s of %s.%s"
                                                    .formatted(
                                                            part.text(),
                                                            source.name(),
                                                            valid.time().name())));
            case RelationKey.OfMembers(var entity, _) ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.INCOMPATIBLE,
                                            frame.at(span),
                                            "'%s' does not apply to %s, which reads '%s': an %s has no time of its own; say of which attribute.",
                                            part.text(),
                                            lowering.readers().of(relation),
                                            relation.word(),
                                            entity.name())
                                    .offering("%s of ...".formatted(part.text())));
        };
    }

    private Expr valued(Expr value, Formula formula, Frame frame) {
        return value.type().kind() == Type.Kind.NONE
                ? lowering.broken(
                        ProblemCode.TYPE_MISMATCH,
                        frame,
                        formula.span(),
                        "The formula never has a value.")
                : value;
    }

    /** A field, an attribute, an entity, or a cohort: whether the account is in it. */
    private Expr named(
            Formula.Path path,
            @Nullable Moment asOf,
            RelationKey relation,
            Frame frame,
            Span span) {
        String name = path.text();
        if (lowering.catalog().cohort(name).isEmpty()) {
            return lowering.read(path, asOf, frame, span);
        }
        var others = path.names().size() == 1 ? lowering.readingsOf(name) : List.<String>of();
        if (!others.isEmpty()) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.AMBIGUOUS_NAME,
                                    frame.at(path.span()),
                                    "'%s' is a cohort and has other readings: %s.",
                                    name,
                                    String.join(", ", others))
                            .offering(
                                    others.getFirst(),
                                    "(account in %s) as in_%s".formatted(name, name)));
        }
        if (!relation.reaches(EntityRef.ACCOUNT)) {
            return lowering.broken(
                    doesNotApply("The cohort '" + name + "'", relation, frame.at(path.span())));
        }
        return lowering.cohort(name, asOf, frame, path.span());
    }

    private Problem doesNotApply(String what, RelationKey relation, Place place) {
        return Problem.of(
                ProblemCode.INCOMPATIBLE,
                place,
                "%s does not apply to %s: '%s' is of no account.",
                what,
                lowering.readers().of(relation),
                relation.word());
    }

    private Expr cohort(Rows rows) {
        if (query.cohort() == null) {
            return Expr.TRUE;
        }
        var place = Place.of("cohort");
        if (!rows.relation().reaches(EntityRef.ACCOUNT)) {
            return lowering.broken(doesNotApply("The cohort", rows.relation(), place));
        }
        return switch (query.cohort()) {
            case CohortReference.ByKey(var key) ->
                    lowering.cohort(key, null, rows.condition(place.then("key")), Span.NOWHERE);
            case CohortReference.Rule(var formula) -> {
                var rule =
                        lowering.rule(
                                formula,
                                rows.rule(place.then("rule"))
                                        .asOf(Attributes.asOfCohort(asOf(rows.scan()))));
                if (!Exprs.leavesIn(rule).isEmpty()) {
                    rows.own().readState();
                }
                yield Membership.of(rule, false);
            }
        };
    }

    /** What the caller may see: facts of no account are seen by those only who may see everything. */
    static Expr scope(Caller caller, RelationKey relation, Lowering lowering) {
        if (caller.access() == null) {
            return Expr.TRUE;
        }
        var rule = AccessRule.of(caller.access(), lowering);
        return rule.type().isBroken()
                ? rule
                : relation.reaches(EntityRef.ACCOUNT) ? Membership.kept(rule) : Expr.FALSE;
    }

    /** The attributes that mark test accounts, but for those that the question names: it asks for the accounts that they mark. */
    private List<Expr> testMarks(Rows rows, List<Expr> asked, Rows ofKeys, List<Expr> keys) {
        return lowering.catalog().entity(EntityRef.ACCOUNT).allMarked(Entity.Mark.TEST).stream()
                .map(field -> lowering.attributes().latest(EntityRef.ACCOUNT, field))
                .filter(mark ->
                        asked.stream().noneMatch(expr -> rows.own().name(expr, mark))
                                && keys.stream().noneMatch(expr -> ofKeys.own().name(expr, mark)))
                .toList();
    }
}
