package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Attempts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt at a sequence of steps.
 *
 * @param times when each step that was reached was, the first included
 * @param rows of each of these
 * @param place where its first row stands among those of its source
 * @param isPending whether its span is not over, or that of another of which it is chosen
 */
record Attempt(
        Attempts attempts,
        List<Object> times,
        List<Row> rows,
        Sequences.Place place,
        boolean isPending)
        implements Made {
    int reached() {
        return times.size();
    }

    boolean isCompleted() {
        return reached() == attempts.steps().size();
    }

    Attempt pending(boolean other) {
        return new Attempt(attempts, times, rows, place, other);
    }

    @Override
    public @Nullable Object field(Expr.Field field) {
        return switch (field.name()) {
            case Attempts.STARTED -> times.getFirst();
            case Attempts.REACHED -> BigDecimal.valueOf(reached());
            case Attempts.COMPLETED -> isCompleted();
            case Attempts.PENDING -> isPending;
            default -> ofStep(field);
        };
    }

    private @Nullable Object ofStep(Expr.Field field) {
        for (int step = 1; step <= attempts.steps().size(); step++) {
            if (field.name().equals("step_%d_at".formatted(step))) {
                return step <= times.size() ? times.get(step - 1) : null;
            }
        }
        var later = later(field);
        return row(later).map(row -> row.field(later.field())).orElse(null);
    }

    private Attempts.Later later(Expr.Field field) {
        return attempts.later(field)
                .orElseThrow(() ->
                        new IllegalArgumentException("an attempt has no field " + field.name()));
    }

    private Optional<Row> row(Attempts.Later later) {
        return rows.stream().skip(later.step() - 1L).findFirst();
    }

    /** Whether links lead on from the row of a later step. */
    static boolean isOfLater(List<Expr.Hop> hops) {
        return hops.getFirst().fields().getFirst().source().equals(Attempts.SOURCE);
    }

    /** The row that they lead on from; empty where the step was not reached. */
    Optional<Row> from(List<Expr.Hop> hops) {
        return row(later(hops.getFirst().fields().getFirst()));
    }

    /** The same links, as that row has them. */
    List<Expr.Hop> ofRow(List<Expr.Hop> hops) {
        var first = hops.getFirst();
        var from = first.fields().stream().map(field -> later(field).field()).toList();
        var moved = new Expr.Hop(first.link(), from, first.to(), first.withinAccount());
        return Stream.concat(Stream.of(moved), hops.stream().skip(1)).toList();
    }
}
