package dev.cairn.application.port.in;

import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Keeps answering a question: now, and again whenever the answer has changed. */
public interface SubscribeUseCase {
    /**
     * The answers to a question, for one subscriber at a time. The first is given at once; another one where the data or the definitions under it have changed, or
     * where what counts as now has moved on, at most once a second. A subscriber that asks for no more meanwhile misses those that are outdated by then.
     *
     * <p>It never completes by itself; it fails with {@link SubscriptionEnded}, or with what {@link AnalyzeUseCase#analyze} fails with.
     *
     * @param withTrust whether there is another answer, too, where nothing but the trust of a source that it reads has changed: its grade, its checks that do not pass, its broken days
     * @param authority who asks, in this moment; empty where the right to ask has ended. Asked again before each answer
     */
    Flow.Publisher<Update> subscribe(
            AnalysisQuery query, boolean withTrust, Supplier<Optional<Caller>> authority);

    /** Why there is another answer. */
    enum Cause {
        /** It is the first. */
        INITIAL,
        /** Time has moved on: another day, or another hour where hours are asked for. */
        TIME,
        /** Facts or members have changed, or how far they can be trusted. */
        DATA,
        /** Definitions under the question have changed; the values may be the same. */
        DEFINITIONS
    }

    /** @param sequence number within the subscription, from 1 */
    record Update(int sequence, Cause cause, AnalysisResult result) {}
}
