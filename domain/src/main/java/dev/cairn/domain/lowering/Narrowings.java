package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.plan.Placing;
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
        var rows =
                condition
                        .frame()
                        .at(new Level.Asked(scan.relation(), false, own))
                        .during(scan.time().here())
                        .asOf(lowering.moments().ofRows(scan.relation(), condition.frame()));
        return Membership.keptAsWritten(lowering.condition(condition.formula(), rows));
    }

    /** Members and keys are dropped, but those that are said. */
    Expr total(Formula.Total total, Frame frame) {
        if (frame.level().isKey()) {
            return lowering.notYet("'total(...)' in a key", frame, total.span());
        }
        if (frame.level() instanceof Level.Member(_, var leaves, _)) {
            return beneathMembers(total, frame, frame.at(new Level.Cell(leaves)));
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

    /** Of all members together: one value for all of them in a bucket, in scope and filter of the question. */
    private Expr beneathMembers(Formula.Total total, Frame frame, Frame ofAll) {
        if (lowering.isOfQuestion()) {
            // It would be of the rows that this condition keeps.
            return lowering.notYet(
                    "A total beneath members in a condition, cohort or key of the question",
                    frame,
                    total.span());
        }
        if (!total.by().isEmpty()) {
            return lowering.notYet("'by' in a total beneath members", frame, total.span());
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
                                        ofAll.narrowed(frame.narrowing().keeping(List.of()))));
    }

    /** What the operand reads, itself and not beneath members; empty where there is a problem, which is told. */
    private Optional<Leaves> relations(String word, Formula operand, Frame frame, Span span) {
        var apart = new Leaves(Leaves.Binder.OF_MEMBER);
        var level =
                switch (frame.level()) {
                    case Level.Cell _ -> new Level.Cell(apart);
                    case Level.Member(var entity, _, var time) ->
                            new Level.Member(entity, apart, time);
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

    /** What a scan of a relation is grouped by where the frame stands. */
    static Kept kept(RelationKey relation, Frame frame, Lowering lowering) {
        var texts = frame.narrowing().kept();
        if (texts == null) {
            return Kept.ALL;
        }
        var keys = new ArrayList<Expr>();
        var asked =
                frame.at(new Level.Asked(relation, true, null))
                        .asOf(lowering.moments().ofRows(relation, frame));
        for (var text : texts) {
            key(text, asked, lowering).ifPresent(keys::add);
        }
        return Kept.of(keys);
    }

    /** Empty for what is at no one time: a question has no part of it as a key. */
    private static Optional<Expr> ownTime(Frame asked) {
        return asked.level()
                        instanceof Level.Asked(RelationKey.OfFacts(_, Placing.At(var time)), _, _)
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
