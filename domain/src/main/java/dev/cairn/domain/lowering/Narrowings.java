package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lowers {@code only} and {@code total}: the same aggregates, of fewer rows or of more groups. */
final class Narrowings {
    private final Lowering lowering;

    Narrowings(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The condition is asked of every relation beneath, as a filter of the question would be, or it is refused. */
    Expr only(Formula.Only only, Frame frame) {
        if (frame.level().isKey()) {
            return lowering.ofAccount().value(frame, only.span(), account -> only(only, account));
        }
        var read = relations("only", only.operand(), frame, only.span());
        if (read.isEmpty()) {
            return Expr.BROKEN;
        }
        var condition = new Narrowing.Condition(only.condition(), frame);
        return reading(
                "only",
                read.get().relations(),
                () -> {
                    boolean sound =
                            read.get().grouped().stream()
                                    .map(scan -> where(condition, scan.scan(), scan.inner()))
                                    .noneMatch(where -> where.type().isBroken());
                    return sound
                            ? lowering.lower(
                                    only.operand(),
                                    frame.narrowed(frame.narrowing().only(condition)))
                            : Expr.BROKEN;
                });
    }

    /**
     * What is asked of the rows of a scan besides, where the frame stands.
     *
     * @param own what is read for each of them
     */
    Expr where(ScanKey scan, Leaves own, Frame frame) {
        return frame.narrowing().conditions().stream()
                .map(condition -> where(condition, scan, own))
                .reduce(Expr.TRUE, Expr::and);
    }

    private Expr where(Narrowing.Condition condition, ScanKey scan, Leaves own) {
        // Around units of time it is of the bucket, as a filter of the question is.
        var standing = condition.frame().level().valued();
        boolean isAround = standing.filter(own::areBeside).isEmpty();
        var rows =
                condition
                        .frame()
                        .at(new Level.Asked(scan.relation(), false, own))
                        .during(isAround ? own.timeAsked(scan) : scan.time().here())
                        .asOf(lowering.moments().ofRows(scan.relation(), condition.frame()));
        var asked = Membership.keptAsWritten(lowering.condition(condition.formula(), rows));
        boolean isBetween = isAround && standing.filter(Leaves::areInUnits).isPresent();
        return isBetween && !Exprs.leavesIn(asked).isEmpty()
                ? lowering.broken(betweenUnits(condition))
                : asked;
    }

    private static Problem betweenUnits(Narrowing.Condition condition) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        condition.frame().at(condition.formula().span()),
                        "'only' stands here between units of time, and what its condition reads for an account is of the bucket of the question around all units, or of the innermost within them. Put it around them all, or the condition where rows are read.")
                .offering(
                        "only(sum(week : count(day where exists(event))) where per(account : ...))");
    }

    /** Members and keys are dropped, but those that are said. */
    Expr total(Formula.Total total, Frame frame) {
        var problem = noTotal(total, frame);
        if (problem.isPresent()) {
            return lowering.broken(problem.get());
        }
        if (frame.level().isKey()) {
            return lowering.ofAccount()
                    .value(frame, total.span(), account -> total(total, account));
        }
        if (lowering.partOfQuestion() == PartOfQuestion.NAMES_OF_KEY) {
            return lowering.lower(total.operand(), frame);
        }
        var ofMembers = frame.level().ofMembers();
        if (ofMembers.isPresent()) {
            return beneathMembers(total, frame, frame.at(new Level.Cell(ofMembers.get())));
        }
        var relations = relations("total", total.operand(), frame, total.span());
        if (relations.isEmpty()) {
            return Expr.BROKEN;
        }
        return reading(
                "total",
                relations.get().relations(),
                () ->
                        lowering.lower(
                                total.operand(),
                                frame.narrowed(frame.narrowing().keeping(total.by()))));
    }

    /** A total is of what the question asks for, which it cannot decide itself. */
    private Optional<Problem> noTotal(Formula.Total total, Frame frame) {
        if (frame.state() != null) {
            return Optional.of(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(total.span()),
                                    "A total is of all accounts in the scope and filter of a question, and who is in a cohort does not depend on what is asked: write the number to compare with, or compare in the formula of a metric.")
                            .offering("count(account where x >= 0.1 * total(x))"));
        }
        return switch (lowering.partOfQuestion()) {
            case CONDITION ->
                    Optional.of(
                            Problem.of(
                                            ProblemCode.INCOMPATIBLE,
                                            frame.at(total.span()),
                                            "A total is of the rows that the question's filter keeps, and this is that filter: write the condition into the formula of a metric. A condition on the total of a column goes into 'having'.")
                                    .offering("only(... where per(account : x / total(x)) > 0.1)"));
            case KEY, NAMES_OF_KEY ->
                    total.by().isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    Problem.of(
                                                    ProblemCode.INCOMPATIBLE,
                                                    frame.at(total.span()),
                                                    "A key says which groups there are, so there are none yet whose total it could read: leave 'by' out, for the total of all accounts.")
                                            .offering("total(...)"));
            case NONE -> Optional.empty();
        };
    }

    /** Of all members together, or of those of its group: one value for all of them in a bucket, in scope and filter of the question. */
    private Expr beneathMembers(Formula.Total total, Frame frame, Frame ofAll) {
        boolean isOfOwnRows = frame.level().ofMembers().filter(Leaves::areOfOwnRows).isPresent();
        if (isOfOwnRows && !total.by().isEmpty()) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(total.span()),
                                    "A total by keys is read where the members of the cell are, which are in groups; what is read for each of them is in none of its own. Say it there.")
                            .offering("sum(account : sum(user : x) / total(x by k))"));
        }
        if (frame.level().ofMembers().filter(Leaves::areOfUnits).isPresent()) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(total.span()),
                                    "A total is of all members together, and these units of time are of one of them. Read the members in the unit, or the total outside of it.")
                            .offering("avg(day : sum(account : x / total(x)))"));
        }
        if (frame.time().ofSubject() != null) {
            return lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    total.span(),
                    "A total is of all members together, and this window is of one; say how far back it is read for all.");
        }
        var relations = relations("total", total.operand(), ofAll, total.span());
        return relations.isEmpty()
                ? Expr.BROKEN
                : reading(
                        "total",
                        relations.get().relations(),
                        () ->
                                lowering.lower(
                                        total.operand(),
                                        ofAll.narrowed(frame.narrowing().keeping(total.by()))));
    }

    /** What the operand reads, itself and not beneath members; empty where there is a problem, which is told. */
    private Optional<Leaves> relations(String word, Formula operand, Frame frame, Span span) {
        var apart =
                frame.level()
                        .valued()
                        .map(Leaves::look)
                        .orElseGet(() -> new Leaves(Leaves.Binder.OF_MEMBER));
        var level =
                switch (frame.level()) {
                    case Level.Cell _ -> new Level.Cell(apart);
                    case Level.Member(var entity, _, var time, var pairing) ->
                            new Level.Member(entity, apart, time, pairing);
                    case Level.Row _, Level.Rule _, Level.Asked _ -> frame.level();
                };
        var value = lowering.lower(operand, frame.at(level).narrowed(frame.narrowing().ahead()));
        if (value.type().isBroken()) {
            return Optional.empty();
        }
        if (apart.relations().isEmpty()) {
            lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    span,
                    "Nothing beneath this '%s' is an aggregate, so it changes nothing.",
                    word);
            return Optional.empty();
        }
        return Optional.of(apart);
    }

    /** Bare names are read among what the operand reads, whatever else the question does. */
    private <T> T reading(String word, List<RelationKey> relations, Supplier<T> lowered) {
        var before = lowering.readers();
        lowering.asked(
                new Readers(
                        relations.stream().collect(Collectors.toMap(one -> one, _ -> Set.of(word))),
                        true));
        try {
            return lowered.get();
        } finally {
            lowering.asked(before);
        }
    }

    /** What a scan is grouped by where the frame stands. */
    static Kept kept(ScanKey scan, Frame frame, Lowering lowering) {
        var texts = frame.narrowing().kept();
        if (texts == null) {
            return Kept.ALL;
        }
        var relation = scan.relation();
        var asOf = lowering.moments().ofRows(relation, frame);
        var keys = new ArrayList<Expr>();
        var computed = new ArrayList<Kept.Computed>();
        for (var text : texts) {
            var own =
                    frame.level()
                            .valued()
                            .map(leaves -> leaves.readFor(scan))
                            .orElseGet(() -> new Leaves(Leaves.Binder.OF_MEMBER).readFor(scan));
            var asked =
                    frame.asKey(new Level.Asked(relation, true, own))
                            .during(own.timeAsked(scan))
                            .asOf(asOf);
            key(text, asked, lowering)
                    .ifPresent(key -> {
                        if (Exprs.leavesIn(key).isEmpty()) {
                            keys.add(key);
                        } else {
                            computed.add(new Kept.Computed(key, own));
                        }
                    });
        }
        return new Kept(false, keys, computed);
    }

    /** Empty for what is at no one time: a question has no part of it as a key. */
    private static Optional<Expr> ownTime(Frame asked) {
        return asked.level()
                        instanceof
                        Level.Asked(RelationKey.OfFacts(_, Placing.At(var time), _), _, _)
                ? Optional.of(time)
                : Optional.empty();
    }

    /** Empty for time, which stays in any case. */
    private static Optional<Expr> key(DimensionText text, Frame asked, Lowering lowering) {
        return switch (text) {
            case DimensionText.ByGrain _ -> Optional.empty();
            case DimensionText.ByPath(var path, var by, var asOf, var span) -> {
                boolean isCohort = lowering.catalog().cohort(path.text()).isPresent();
                var read =
                        isCohort
                                ? lowering.cohort(path.text(), asOf, asked, span)
                                : lowering.read(path, asOf, asked, span);
                yield Optional.of(by == null ? read : lowering.floored(read, by, asked, span));
            }
            case DimensionText.ByFormula(var formula, _, _) ->
                    Optional.of(lowering.lower(formula, asked));
            case DimensionText.ByDatePart(var part, var of, var span) ->
                    (of == null ? ownTime(asked) : Optional.of(lowering.lower(of, asked)))
                            .map(time -> lowering.part(part, time, asked, span));
            case DimensionText.ByAge(var grain, var from, var span) ->
                    Optional.of(lowering.lower(new Formula.Age(grain, from, span), asked));
        };
    }
}
