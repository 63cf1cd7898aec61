package dev.cairn.adapters.graphql.socket;

import dev.cairn.adapters.graphql.problem.SubscriptionErrors;
import graphql.ExecutionResult;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.web.socket.CloseStatus;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** One operation on a socket, from its {@code subscribe} to its last message. Asks for another answer only when the one before has been sent. */
final class Operation {
    private static final Logger LOG = LoggerFactory.getLogger(Operation.class);

    private final String id;
    private final Connection connection;
    private final Disposable.Composite running = Disposables.composite();
    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

    Operation(String id, Connection connection) {
        this.id = id;
        this.connection = connection;
    }

    /** @param over told when it is answered, or nothing is to be answered any more; a subscription is answered when it has begun */
    void run(WebGraphQlHandler requests, WebGraphQlRequest request, Runnable over) {
        running.add(
                requests.handleRequest(request)
                        .doFinally(_ -> over.run())
                        .subscribe(this::answer, this::fail));
    }

    void cancel() {
        running.dispose();
    }

    private void answer(WebGraphQlResponse response) {
        if (response.getData() instanceof Publisher<?> answers) {
            var reader = new Reader();
            running.add(reader);
            Flux.from(answers).subscribe(reader);
            return;
        }
        var result = response.getExecutionResult();
        boolean isRefused = result.getData() == null && !result.getErrors().isEmpty();
        Map<String, Object> answer = result.toSpecification();
        next(() -> {
            if (isRefused) {
                end("error", answer.get("errors"));
            } else {
                connection.send(new ServerMessage(id, "next", answer));
                end("complete", null);
            }
        });
    }

    private void fail(Throwable failure) {
        var errors = SubscriptionErrors.of(failure);
        next(() -> {
            end("error", errors);
            connection.review();
        });
    }

    /** Sends after what is being sent; whoever gives an answer does not wait for that. */
    private synchronized void next(Runnable sending) {
        sent =
                sent.thenRunAsync(sending, connection.threads())
                        .exceptionally(bug -> {
                            LOG.error("a message could not be made", bug);
                            connection.close(CloseStatus.SERVER_ERROR);
                            return null;
                        });
    }

    /** From then on the id can be used again. */
    private void end(String type, @Nullable Object payload) {
        if (connection.finish(id, this)) {
            connection.send(new ServerMessage(id, type, payload));
        }
    }

    private final class Reader extends BaseSubscriber<Object> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(Object answer) {
            var payload = ((ExecutionResult) answer).toSpecification();
            next(() -> {
                if (!isDisposed()) {
                    connection.send(new ServerMessage(id, "next", payload));
                    request(1);
                }
            });
        }

        @Override
        protected void hookOnComplete() {
            next(() -> end("complete", null));
        }

        @Override
        protected void hookOnError(Throwable failure) {
            fail(failure);
        }
    }
}
