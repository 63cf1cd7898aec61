package dev.cairn.adapters.graphql.problem;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.TableChanged;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.graphql.execution.DataFetcherExceptionResolverAdapter;

/**
 * Maps what a field may fail with: problems and limits. What is not foreseen is a bug, and only the log says more.
 */
public final class FailureResolver extends DataFetcherExceptionResolverAdapter implements Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(FailureResolver.class);
    private static final String LARGE_NUMBER =
            "A number on the way to this answer is larger than can be computed; ask for a shorter time range or a smaller formula.";

    private static final String LARGE_STATEMENT =
            "This question makes a statement larger than the database reads; ask for fewer or shorter formulas.";

    private static final String LARGE_ANSWER =
            "This answer takes more memory than one may (cairn.questions.answer-megabytes); ask for fewer rows a page, fewer groups or fewer metrics, or for an export, which is sent as it is read.";

    private static final String STILL_RECORDED =
            "What was known then is not decided yet: an import or a deletion that runs may still record by that instant. Ask again when it is done, or for an earlier 'knownAt'.";

    private static final String OUT_OF_REACH =
            "The database does not answer at the moment, so this cannot be answered either. Ask again soon.";

    private static final String TOO_MANY_WAIT =
            "Too many questions of this caller, or of all, wait for their turn. Ask again in a moment, with fewer at once.";

    private static final String MAY_BE_DONE =
            "The database was lost at the last moment: this may or may not have been done. Look before you ask for it again.";

    private static final String SIGNED_OUT =
            "The right to ask has ended: the token is over, or the key was revoked. Sign in again, and subscribe again.";

    private static final String OTHER_RIGHTS =
            "Whoever subscribed has other rights now than then. Subscribe again.";

    /** Before all others: they know less. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /**
     * What is told of a failure that is foreseen.
     *
     * @param more members of the extensions besides the code
     */
    private record Told(ErrorCode code, String message, Map<String, Object> more) {
        private static Told of(ErrorCode code, String message) {
            return new Told(code, message, Map.of());
        }

        private static Told of(ErrorCode code, String message, List<Problem> problems) {
            return new Told(code, message, Errors.told(problems));
        }

        private static Told again(ErrorCode code, String message, long seconds) {
            return new Told(code, message, Map.of(Errors.RETRY_AFTER, seconds));
        }

        private GraphQLError at(DataFetchingEnvironment environment) {
            return Errors.at(environment, code, message, more);
        }

        private GraphQLError ofRequest() {
            return Errors.of(code, message, more);
        }
    }

    @Override
    protected GraphQLError resolveToSingleError(
            Throwable failure, DataFetchingEnvironment environment) {
        return told(failure)
                .map(told -> told.at(environment))
                .orElseGet(() -> bug(failure, environment));
    }

    /** Maps what a subscription ends with in the same way, where no field is at hand. */
    public static GraphQLError ofSubscription(Throwable failure) {
        return told(failure).map(Told::ofRequest).orElseGet(() -> bug(failure));
    }

    private static Optional<Told> told(Throwable failure) {
        // What a subscription ends with comes wrapped where its field was refused before anything
        // was sent.
        var rejected = cause(failure, RejectedException.class);
        if (rejected.isPresent()) {
            return rejected.map(known -> Told.of(known.code(), known.message(), known.problems()));
        }
        var ended = cause(failure, SubscriptionEnded.class);
        if (ended.isPresent()) {
            return ended.map(FailureResolver::ended);
        }
        var changed = cause(failure, TableChanged.class);
        if (changed.isPresent()) {
            var problems = changed.get().problems();
            return Optional.of(Told.of(ErrorCode.BAD_USER_INPUT, changed.get().said(), problems));
        }
        var outOfReach = cause(failure, StoreFailed.class);
        if (outOfReach.isPresent()) {
            return Optional.of(
                    Told.of(
                            ErrorCode.DATABASE_OUT_OF_REACH,
                            outOfReach.get().mayBeDone() ? MAY_BE_DONE : OUT_OF_REACH));
        }
        if (cause(failure, Cancelled.class).isPresent() || isGivenUp(failure)) {
            return Optional.of(Told.of(ErrorCode.TIMEOUT, Errors.TOOK_TOO_LONG));
        }
        return cause(failure, AnalysisFailed.class).map(FailureResolver::failed);
    }

    private static Told ended(SubscriptionEnded ended) {
        return switch (ended.reason()) {
            case INVALID -> {
                var rejected = new RejectedException(ErrorCode.BAD_QUERY, ended.problems());
                yield Told.of(rejected.code(), rejected.message(), rejected.problems());
            }
            case SIGNED_OUT -> Told.of(ErrorCode.UNAUTHENTICATED, SIGNED_OUT);
            case OTHER_RIGHTS -> Told.of(ErrorCode.FORBIDDEN, OTHER_RIGHTS);
        };
    }

    /** The request was given up by {@code TimeLimit} while this field was read. */
    private static boolean isGivenUp(Throwable failure) {
        return cause(failure, AbortExecutionException.class).isPresent();
    }

    /** A service may have wrapped it. */
    private static <F> Optional<F> cause(Throwable failure, Class<F> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static Told failed(AnalysisFailed failed) {
        return switch (failed.reason()) {
            case TIMEOUT -> Told.of(ErrorCode.TIMEOUT, Errors.TOOK_TOO_LONG);
            case TOO_MANY -> Told.again(ErrorCode.TOO_MANY_REQUESTS, TOO_MANY_WAIT, 1);
            case NUMBER_OUT_OF_RANGE -> overLimit(LARGE_NUMBER);
            case TOO_LARGE -> overLimit(LARGE_STATEMENT);
            case ANSWER_TOO_LARGE -> overLimit(LARGE_ANSWER);
            case STILL_RECORDED ->
                    Told.of(
                            ErrorCode.BAD_QUERY,
                            STILL_RECORDED,
                            List.of(
                                    Problem.of(
                                            ProblemCode.BAD_RANGE,
                                            Place.of("knownAt"),
                                            STILL_RECORDED)));
        };
    }

    private static Told overLimit(String message) {
        return Told.of(
                ErrorCode.BAD_QUERY,
                message,
                List.of(Problem.of(ProblemCode.LIMIT, Place.NOWHERE, message)));
    }

    private static GraphQLError bug(Throwable failure) {
        var id = UUID.randomUUID().toString();
        LOG.error("{}: what was being sent failed", id, failure);
        return Errors.internal(id);
    }

    private static GraphQLError bug(Throwable failure, DataFetchingEnvironment environment) {
        var id = environment.getExecutionId().toString();
        LOG.error("{}: {} failed", id, environment.getExecutionStepInfo().getPath(), failure);
        return Errors.internalAt(environment, id);
    }
}
