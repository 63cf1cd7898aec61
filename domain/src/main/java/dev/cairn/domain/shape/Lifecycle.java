package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Who is active in each period: new, retained from the period before, or back from an earlier one; and who was active in the period before and is not.
 *
 * @param frame the periods; groups are read as of the start of each
 * @param of account, or another entity
 * @param active when one is active in a period
 * @param start the date by which one is new: in the period that it is in; null: one is new in the period of the first activity inside the coverage of the facts
 */
public record Lifecycle(AnalysisQuery frame, String of, Happening active, @Nullable String start)
        implements Shape<LifecycleAnswer> {
    public static final String ACTIVE = "active";
    public static final String NEW = "new";
    public static final String RETAINED = "retained";
    public static final String RESURRECTED = "resurrected";
    public static final String DORMANT = "dormant";

    @Override
    public Asked asked() {
        var asking = new Asking();
        asking.needsGrain(frame, "A lifecycle");
        var members = asking.entity(of, Place.of("of"));
        var now = asking.happening(active, Place.of("active"));
        if (active instanceof Happening.Condition(var condition)) {
            asking.isOfEachPeriod(condition, of, Place.of("active", "condition"));
        }
        var before = Wording.of("prior({})", now);
        asking.column(ACTIVE, Wording.of("count({} where {})", members, now));
        if (start == null) {
            if (!(active instanceof Happening.Facts)) {
                asking.problem(
                        ProblemCode.INCOMPATIBLE,
                        Place.of("active"),
                        "When a condition held for the first time is not known: tell activity by facts, or say the start by which one is new.");
                now = now.asBroken();
            }
            var ever = Wording.of("({} over all before)", now);
            asking.column(NEW, Wording.of("count({} where {} and not {})", members, now, ever));
            asking.column(RETAINED, Wording.of("count({} where {} and {})", members, now, before));
            asking.column(
                    RESURRECTED,
                    Wording.of("count({} where {} and not {} and {})", members, now, before, ever));
        } else {
            var starts = Asking.inPeriod(asking.formula(start, Place.of("start")));
            asking.column(NEW, Wording.of("count({} where {} and {})", members, now, starts));
            asking.column(
                    RETAINED,
                    Wording.of(
                            "count({} where {} and {} and not {})", members, now, before, starts));
            asking.column(
                    RESURRECTED,
                    Wording.of(
                            "count({} where {} and not {} and not {})",
                            members,
                            now,
                            before,
                            starts));
        }
        asking.column(DORMANT, Wording.of("count({} where {} and not {})", members, before, now));
        return asking.in(
                frame.withGroupBy(frame.groupBy().stream().map(Asking::asOfStart).toList()));
    }

    @Override
    public LifecycleAnswer folded(AnalysisResult answer) {
        var columns = new Columns(answer);
        return new LifecycleAnswer(
                answer.rows().stream()
                        .map(row ->
                                new LifecycleAnswer.Period(
                                        row,
                                        columns.value(row, ACTIVE),
                                        columns.value(row, NEW),
                                        columns.value(row, RETAINED),
                                        columns.value(row, RESURRECTED),
                                        columns.value(row, DORMANT)))
                        .toList(),
                answer);
    }
}
