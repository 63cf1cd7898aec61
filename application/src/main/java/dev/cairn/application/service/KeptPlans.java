package dev.cairn.application.service;

import dev.cairn.application.port.Kept;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor.Lasting;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.planner.Planned;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans and statements of questions that were asked before, by the question and who asks it. They hold for one version of the definitions, and for a quarter of an hour
 * at most: no grain, no day of any zone and no window begins but at its start. What is kept was planned as of both ends and found the same, but for as-of itself; what
 * of a plan depends on as-of compares it with other times, and no comparison can change between the ends and be the same at both.
 */
final class KeptPlans {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final long BYTES_OF_NONE = 2_000;
    private static final long BYTES_OF_CHARACTER = 2;

    private final AnalysisExecutor executor;
    private final long most;
    private @Nullable ResolvedMetrics metrics;
    private Kept<Asked, Known> kept;

    /** @param most bytes */
    KeptPlans(AnalysisExecutor executor, long most) {
        this.executor = executor;
        this.most = most;
        this.kept = none();
    }

    private Kept<Asked, Known> none() {
        return new Kept<>(most, known -> known.getKey().bytes() + known.getValue().bytes());
    }

    private record Asked(AnalysisQuery query, Caller caller) {
        /** As long as it is written out: a question may name thousands of values. */
        long bytes() {
            return BYTES_OF_CHARACTER * (query.toString().length() + caller.toString().length());
        }
    }

    private sealed interface Known {
        long bytes();

        /** Asked before: worth the work of a second plan if it is asked again. */
        record Seen() implements Known {
            @Override
            public long bytes() {
                return BYTES_OF_NONE;
            }
        }

        /** Not the same at both ends of the time until then. */
        record Changing(Instant until) implements Known {
            @Override
            public long bytes() {
                return BYTES_OF_NONE;
            }
        }

        /** @param first as of from, or as of what the question says */
        record Same(Planned.Ready first, Lasting statement, Instant from, Instant until)
                implements Known {
            @Override
            public long bytes() {
                return statement.bytes();
            }

            boolean isAsOfNow() {
                return first.plan().time().asOf().equals(from);
            }
        }
    }

    /** What can be sent. */
    record Found(Planned.Ready plan, Prepared statement) {}

    /** What a question is now, where that is known. */
    Optional<Found> find(ResolvedMetrics of, AnalysisQuery query, Caller caller, Instant now) {
        var at = now.truncatedTo(ChronoUnit.MICROS);
        return of(of).find(new Asked(query, caller))
                .flatMap(known ->
                        switch (known) {
                            case Known.Same same
                                    when !at.isBefore(same.from()) && at.isBefore(same.until()) ->
                                    Optional.of(found(same, at));
                            case Known.Same _, Known.Seen _, Known.Changing _ -> Optional.empty();
                        });
    }

    private static Found found(Known.Same same, Instant at) {
        return same.isAsOfNow()
                ? new Found(same.first().asOf(at), same.statement().asOf(at))
                : new Found(same.first(), same.statement().asOf(same.first().plan().time().asOf()));
    }

    /**
     * Takes note of a question that was planned, of nothing but its arguments.
     *
     * @param again plans it as of another now
     */
    void planned(
            ResolvedMetrics of,
            AnalysisQuery query,
            Caller caller,
            Instant now,
            Planned.Ready ready,
            Function<Instant, Planned> again) {
        var all = of(of);
        var asked = new Asked(query, caller);
        var known = all.find(asked);
        if (known.isEmpty()) {
            all.put(asked, new Known.Seen());
        } else if (!(known.get() instanceof Known.Changing(var until) && now.isBefore(until))) {
            all.put(asked, compared(ready, now.truncatedTo(ChronoUnit.MICROS), again));
        }
    }

    private Known compared(Planned.Ready first, Instant from, Function<Instant, Planned> again) {
        var until = endOf(from);
        var last = again.apply(until.minus(1, ChronoUnit.MICROS));
        if (last instanceof Planned.Ready ready
                && first.asOf(ready.plan().time().asOf()).equals(ready)) {
            var statement = executor.lasting(first.plan(), ready.plan());
            if (statement.isPresent()) {
                return new Known.Same(first, statement.get(), from, until);
            }
        }
        return new Known.Changing(until);
    }

    private static Instant endOf(Instant from) {
        long length = LONGEST.toSeconds();
        return Instant.ofEpochSecond(
                Math.floorDiv(from.getEpochSecond(), length) * length + length);
    }

    /** Of definitions or days of calendars that are not these any more all plans are forgotten. */
    private synchronized Kept<Asked, Known> of(ResolvedMetrics asked) {
        if (metrics != asked) {
            metrics = asked;
            kept = none();
        }
        return kept;
    }

    boolean isOn() {
        return most > 0;
    }
}
