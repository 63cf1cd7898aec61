package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.testkit.data.World;
import java.time.Instant;

/** What is thought of an answer. */
public sealed interface Verdict {
    /** All of it is as it should be. */
    record Agrees() implements Verdict {}

    /** @param words what is different first */
    record Differs(String words) implements Verdict {}

    /** @param what there is no opinion on */
    record NoOpinion(String what) implements Verdict {}

    /** @param now what counted as now, unless the question said it */
    static Verdict on(
            AnalysisResult result, AnalysisQuery query, Caller caller, Instant now, World world) {
        try {
            var expected = Opinion.of(world, query, caller, now);
            return new Comparison(query, expected.lines())
                    .difference(result)
                    .or(() -> Notices.difference(result, query, expected.undecided()))
                    .<Verdict>map(Differs::new)
                    .orElseGet(Agrees::new);
        } catch (Amounts.NoRate missing) {
            return new NoOpinion("groups of rows without a rate");
        } catch (Unsupported unsupported) {
            return new NoOpinion(String.valueOf(unsupported.getMessage()));
        }
    }
}
