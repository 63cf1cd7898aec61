package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.lowering.Kept;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.ScanKey;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Attempts.Input;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Pairs;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Touches;
import java.util.List;
import java.util.stream.Stream;

/**
 * The facts that the rows of a scan are made of, by each condition that says which of them count: steps, sides of a touch, what changes, what members are split by.
 *
 * @param input its index, of a sequence; else 0
 */
record RowsOfOthers(ScanKey scan, int input, Expr where) {
    static List<RowsOfOthers> of(ScanKey scan) {
        return switch (scan.relation()) {
            case RelationKey.OfMembers(var entity, var pairing) when pairing != null -> {
                Pairs pairs = pairing.pairs();
                var facts = new RelationKey.OfFacts(pairing.source(), pairs.placing());
                yield List.of(of(scan, facts, 0, entity, pairs.where()));
            }
            case RelationKey.OfFacts(var source, _, var derivation) when derivation != null ->
                    switch (derivation) {
                        case RelationKey.Sequence sequence -> ofSteps(scan, sequence);
                        case RelationKey.Touching(var there, var touches, _) ->
                                List.of(
                                        ofSide(scan, source, touches.per(), touches.here()),
                                        ofSide(scan, there, touches.per(), touches.there()));
                        case RelationKey.Changing(var changes, _) ->
                                List.of(ofChanges(scan, source, changes));
                    };
            case RelationKey.OfFacts _, RelationKey.OfMembers _, RelationKey.OfTicks _ -> List.of();
        };
    }

    private static List<RowsOfOthers> ofSteps(ScanKey scan, RelationKey.Sequence sequence) {
        Attempts attempts = sequence.attempts();
        return Stream.concat(
                        attempts.steps().stream()
                                .map(step -> ofInput(scan, sequence, step.input(), step.where())),
                        attempts.without().stream()
                                .map(none -> ofInput(scan, sequence, none.input(), none.where())))
                .distinct()
                .toList();
    }

    private static RowsOfOthers ofInput(
            ScanKey scan, RelationKey.Sequence sequence, int at, Expr where) {
        Input input = sequence.attempts().inputs().get(at);
        var facts = new RelationKey.OfFacts(sequence.sources().get(at), input.placing());
        return of(scan, facts, at, sequence.attempts().per(), Expr.and(input.where(), where));
    }

    private static RowsOfOthers ofSide(
            ScanKey scan, Source source, EntityRef unit, Touches.Side side) {
        var facts = new RelationKey.OfFacts(source, side.rows().placing());
        return of(scan, facts, 0, unit, side.rows().where());
    }

    private static RowsOfOthers ofChanges(ScanKey scan, Source source, Changes changes) {
        var validity = new Placing.Validity(changes.rows().time(), changes.until());
        var facts = new RelationKey.OfFacts(source, new Placing.ValidDuring(validity));
        return of(scan, facts, 0, changes.per(), changes.rows().where());
    }

    /** Rows of no unit count nowhere. */
    private static RowsOfOthers of(
            ScanKey scan, RelationKey.OfFacts facts, int input, EntityRef unit, Expr where) {
        return new RowsOfOthers(
                new ScanKey(
                        facts,
                        scan.time(),
                        scan.of(),
                        Kept.ALL,
                        scan.attributes(),
                        scan.row(),
                        scan.from()),
                input,
                Expr.and(Exprs.isNotNone(new Expr.Key(unit)), where));
    }
}
