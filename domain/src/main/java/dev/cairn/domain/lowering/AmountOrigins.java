package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Derived;
import dev.cairn.domain.plan.Touches;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Of which rows the amounts of an expression are, where its row is made of several: of that at which it stands, of a later step, of the other row of a touch. */
final class AmountOrigins {
    /** The row at which what is read stands. */
    static final Origin OWN = new Origin(null, 0);

    private AmountOrigins() {}

    /**
     * A row.
     *
     * @param derived null: that at which what is read stands; else another of the rows that it is made of
     * @param step its number, of a sequence
     */
    record Origin(@Nullable Derived derived, int step) {
        /** When it is, as what is made of it has it; null: that is the time of what is read. */
        Expr.@Nullable Field at() {
            return switch (derived) {
                case null -> null;
                case Changes _ -> null;
                case Attempts attempts -> attempts.at(step);
                case Touches touches ->
                        touches.isAtLater() ? touches.earlierAt() : touches.laterAt();
            };
        }

        /** What it is a row of, where that is not what is read. */
        @Nullable String source() {
            return switch (derived) {
                case null -> null;
                case Changes _ -> null;
                case Attempts attempts -> attempts.input(attempts.steps().get(step - 1)).source();
                case Touches touches -> touches.there().rows().source();
            };
        }

        /** A field of it, as one of what is made of it. */
        Expr.Field of(Expr.Field field) {
            return switch (derived) {
                case null -> field;
                case Changes _ -> field;
                case Attempts _ -> Attempts.of(step, field);
                case Touches touches -> touches.there(field);
            };
        }
    }

    /** @param derived what the row of an expression is made of; null: it is a fact */
    static Set<Origin> of(Expr amount, @Nullable Derived derived) {
        var found = new LinkedHashSet<Origin>();
        collect(amount, derived, found);
        return found;
    }

    private static void collect(Expr expr, @Nullable Derived derived, Set<Origin> found) {
        switch (expr) {
            case Expr.Field field -> {
                if (field.type().unit().isMoney()) {
                    found.add(of(field, derived));
                }
            }
            case Expr.Linked(var hops, var end) -> {
                if (end.type().unit().isMoney()) {
                    found.add(
                            hops.getFirst().isOfFields()
                                    ? of(hops.getFirst().fields().getFirst(), derived)
                                    : OWN);
                }
            }
            case Expr.Attribute attribute -> {
                if (attribute.type().unit().isMoney()) {
                    found.add(of(attribute, derived));
                }
            }
            case Expr.Case(var arms, _, _) when expr.type().unit().isMoney() ->
                    ofStep(arms, derived)
                            .ifPresentOrElse(
                                    found::add,
                                    () ->
                                            Exprs.operands(expr)
                                                    .forEach(operand ->
                                                            collect(operand, derived, found)));
            default -> Exprs.operands(expr).forEach(operand -> collect(operand, derived, found));
        }
    }

    private static Origin of(Expr.Field field, @Nullable Derived derived) {
        return switch (derived) {
            case null -> OWN;
            case Changes _ -> OWN;
            case Attempts attempts ->
                    attempts.later(field)
                            .map(later -> new Origin(attempts, later.step()))
                            .orElse(OWN);
            case Touches touches -> touches.has(field) ? new Origin(touches, 0) : OWN;
        };
    }

    /** An attribute is of the row on whose day it is read. */
    private static Origin of(Expr.Attribute attribute, @Nullable Derived derived) {
        var found = new LinkedHashSet<Origin>();
        if (attribute.asOf() instanceof AsOf.Fact(var day, _)) {
            Exprs.any(
                    day,
                    part -> {
                        if (part instanceof Expr.Field field) {
                            found.add(of(field, derived));
                        }
                        return false;
                    });
        }
        return found.size() == 1 ? found.iterator().next() : OWN;
    }

    /** What is known of the account is of a later step where it is there only if that was reached, see {@link AttemptNames}. */
    private static Optional<Origin> ofStep(List<Expr.Arm> arms, @Nullable Derived derived) {
        if (!(derived instanceof Attempts attempts) || arms.size() > 1) {
            return Optional.empty();
        }
        var arm = arms.getFirst();
        boolean isOfRow =
                Exprs.any(
                        arm.result(),
                        part ->
                                part instanceof Expr.Field field
                                        && attempts.later(field).isEmpty());
        return IntStream.rangeClosed(2, attempts.steps().size())
                .filter(step ->
                        !isOfRow && arm.condition().equals(Exprs.isNotNone(attempts.at(step))))
                .mapToObj(step -> new Origin(attempts, step))
                .findFirst();
    }
}
