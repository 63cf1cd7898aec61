package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.Window;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.lowering.TimeContext.Shift;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Optional;

/** Says what time is read: {@code over}, {@code prior}, {@code next}, and the edges of bucket and window. */
final class Times {
    private final Lowering lowering;

    Times(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr over(Formula.Over over, Frame frame) {
        var window = window(over.window(), frame, over.span());
        var inner = window.map(frame.time()::over).orElse(frame.time());
        return read("over", over.operand(), window.isPresent(), frame.during(inner), over.span());
    }

    Expr shift(Formula.Shift shift, Frame frame) {
        var by = shift.by() == null ? Optional.<Length>empty() : length(shift.by(), 0, frame);
        boolean sound = shift.by() == null || by.isPresent();
        var moved =
                frame.time().moved(new Shift(shift.forward(), by.orElse(null), shift.toStartOf()));
        return read(
                shift.forward() ? "next" : "prior",
                shift.operand(),
                sound,
                frame.during(moved),
                shift.span());
    }

    /** @param sound false: there is a problem, which is told; the operand is looked at for problems of its own */
    private Expr read(String word, Formula operand, boolean sound, Frame frame, Span span) {
        var value = lowering.lower(operand, frame);
        if (!sound || value.type().isBroken()) {
            return Expr.BROKEN;
        }
        if (frame.level().aggregated().isEmpty() && !frame.level().isKey()) {
            return lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    span,
                    "'%s' says what time an aggregate reads; %s has no aggregates.",
                    word,
                    frame.level().word());
        }
        return Exprs.any(value, Expr.LeafValue.class::isInstance)
                ? value
                : lowering.broken(
                        ProblemCode.LEVEL_MISMATCH,
                        frame,
                        span,
                        "Nothing beneath this '%s' is an aggregate, so it changes nothing.",
                        word);
    }

    private Optional<TimeContext.Window> window(Window window, Frame frame, Span span) {
        return switch (window) {
            case Window.Last(var length) ->
                    length(length, 1, frame).map(TimeContext.Window.Last::new);
            case Window.ToDate(var grain) -> Optional.of(new TimeContext.Window.ToDate(grain));
            case Window.QuestionRange(var toDate) ->
                    Optional.of(new TimeContext.Window.Range(toDate));
            case Window.All(var before) -> Optional.of(new TimeContext.Window.All(before));
            case Window.Onward _ -> Optional.of(new TimeContext.Window.Onward());
            case Window.Ever _ -> Optional.of(new TimeContext.Window.Ever());
            case Window.Relative _ -> {
                lowering.notYet("A window relative to a row or member", frame, span);
                yield Optional.empty();
            }
        };
    }

    private Optional<Length> length(TimeSpan span, long least, Frame frame) {
        var counted = lowering.count(span, frame);
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        long count = counted.get().longValueExact();
        if (count < least) {
            lowering.broken(
                    ProblemCode.BAD_RANGE,
                    frame,
                    span.span(),
                    "A window is at least 1 %s long.",
                    span.unit().name().toLowerCase(java.util.Locale.ROOT));
            return Optional.empty();
        }
        return Optional.of(new Length(count, span.unit()));
    }

    // ---- edges

    Expr edge(Formula.BucketEdge edge, Frame frame) {
        return atHand(frame).map(time -> time.shifts().equals(frame.time().shifts())).orElse(true)
                ? edge(TimeEdge.Of.BUCKET, edge.end(), frame, edge.span())
                : lowering.notYet(
                        "An edge of a shifted bucket outside of an aggregate", frame, edge.span());
    }

    Expr edge(Formula.WindowEdge edge, Frame frame) {
        if (!atHand(frame).map(frame.time()::equals).orElse(true)) {
            return lowering.notYet(
                    "An edge of a window outside of an aggregate", frame, edge.span());
        }
        var window = frame.time().window();
        boolean hasStart = window == null || window.hasStart();
        return edge.end() || hasStart
                ? edge(TimeEdge.Of.WINDOW, edge.end(), frame, edge.span())
                : lowering.broken(
                        ProblemCode.INCOMPATIBLE,
                        frame,
                        edge.span(),
                        "This window begins with the data of each source; it has no one start.");
    }

    /** What of time the row, member or cell at hand is read in; empty where there is no time. */
    private static Optional<TimeContext> atHand(Frame frame) {
        return switch (frame.level()) {
            case Level.Row _ -> Optional.of(frame.time());
            case Level.Member(_, _, var time) -> Optional.of(time);
            case Level.Cell _ -> Optional.of(TimeContext.BUCKET);
            case Level.Rule _, Level.Asked _ -> Optional.empty();
        };
    }

    private Expr edge(TimeEdge.Of of, boolean end, Frame frame, Span span) {
        return atHand(frame).isEmpty()
                ? lowering.broken(
                        ProblemCode.LEVEL_MISMATCH, frame, span, "There is no bucket here.")
                : new TimeEdge(of, end, Type.TIMESTAMP);
    }
}
