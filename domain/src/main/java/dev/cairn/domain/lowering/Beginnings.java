package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog.CoverageStart;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.TimeContext.Beginning;
import dev.cairn.domain.lowering.TimeContext.Window;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.BusinessCalendar;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where units of time over {@code all} and {@code ever} begin: where the coverage of all that is read in them has begun. What else a question reads
 * does not matter, so that no column changes one that stands beside it.
 */
final class Beginnings {
    private final Lowering lowering;

    Beginnings(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The window of units that are looked for from the beginning; empty where they have another. */
    static Optional<Window> toBegin(Frame frame) {
        return Optional.ofNullable(frame.time().window()).filter(Window::isToBegin);
    }

    /** Where aggregates read nothing but what is looked at. */
    static Frame alone(Frame frame, Window window, Leaves leaves) {
        var level =
                switch (frame.level()) {
                    case Level.Member(var entity, _, var time, var pairing) ->
                            new Level.Member(entity, leaves, time, pairing);
                    case Level.Cell _ -> new Level.Cell(leaves);
                    case Level.Row _, Level.Rule _, Level.Asked _ ->
                            throw new IllegalStateException(
                                    "units of time stand at " + frame.level());
                };
        return begun(frame.at(level), ofNothingRead(window), Beginning.ANY);
    }

    /** What a window is relative to may be read beside what is looked at, and says nothing of where that begins. */
    private static Window ofNothingRead(Window window) {
        var commons = new IdentityHashMap<Expr.Common, Expr>();
        return window instanceof Window.OfSubject of
                ? of.with(of.edges().of(edge -> ofNothingRead(edge, commons)))
                : window;
    }

    /** @param commons what common values are, each of which may stand in many places */
    private static Expr ofNothingRead(Expr edge, Map<Expr.Common, Expr> commons) {
        return switch (edge) {
            case Expr.LeafValue leaf -> new Expr.Literal(null, leaf.type());
            case Expr.Share share -> new Expr.Literal(null, share.type());
            case Expr.Common common -> {
                var known = commons.get(common);
                if (known == null) {
                    known = new Expr.Common(ofNothingRead(common.value(), commons));
                    commons.put(common, known);
                }
                yield known;
            }
            default -> Exprs.withOperands(edge, operand -> ofNothingRead(operand, commons));
        };
    }

    static Frame begun(Frame frame, Window window, Beginning beginning) {
        return frame.during(frame.time().over(window.begun(beginning)));
    }

    /** Empty where there is a problem, which is told. */
    Optional<Beginning> of(Collection<Read> reads, Window window, Frame frame, Span span) {
        if (reads.isEmpty()) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    window instanceof Window.OfSubject
                                            ? "Units of time in '%s' are looked for in the data, and no facts are read here; the length of the window is 'days(window.start, window.end)'."
                                            : "'over %s' begins with the data, and no facts are read here; say how far back.",
                                    window.text())
                            .offering(
                                    window instanceof Window.OfSubject
                                            ? new String[] {"days(window.start, window.end)"}
                                            : new String[] {"over last 12 months", "over range"}));
            return Optional.empty();
        }
        var calendar = new BusinessCalendar(lowering.zone());
        var latest = Optional.<Beginning>empty();
        for (var read : reads.stream().sorted(Comparator.comparing(Read::source)).toList()) {
            var source = lowering.catalog().source(read.source()).orElseThrow();
            var start = lowering.catalog().coverageStart(source);
            if (start.isEmpty()) {
                lowering.undated(Set.of(source.name()));
            }
            var from = start.map(CoverageStart::day).orElse(null);
            if (from == null) {
                return Optional.of(Beginning.NEVER);
            }
            var begins =
                    read.isByDate()
                            ? calendar.startOf(from)
                            : new BusinessCalendar(source.zone()).startOf(from);
            if (latest.isEmpty() || latest.get().at().isBefore(begins)) {
                latest = Optional.of(new Beginning(begins));
            }
        }
        return latest;
    }
}
