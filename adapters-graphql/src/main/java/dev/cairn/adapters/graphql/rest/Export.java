package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.FailureResolver;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.in.ExportUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.expression.Type.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One answer on its way from the database to a client: rows are read and written down on one side of a pipe, and sent on the other. */
final class Export implements ExportUseCase.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(Export.class);
    private static final long LOOK_AGAIN_AFTER = Duration.ofSeconds(1).toNanos();

    private final RowFormat format;
    private final Pipe pipe;
    private final CompletableFuture<Instant> begun = new CompletableFuture<>();
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private RowFormat.@Nullable RowWriter writer;

    private Export(RowFormat format, Duration patience) {
        this.format = format;
        this.pipe = new Pipe(patience);
    }

    /** Something to be done with what takes its rows. */
    interface Work {
        Outcome with(ExportUseCase.Taker taker);
    }

    static Export start(RowFormat format, Duration patience, Work work) {
        var export = new Export(format, patience);
        Thread.ofVirtual().name("cairn-export").start(() -> export.run(() -> work.with(export)));
        return export;
    }

    private void run(Supplier<Outcome> work) {
        try {
            var outcome = work.get();
            if (writer != null) {
                writer.end();
            }
            done.complete(outcome);
        } catch (IOException | RuntimeException | Error failure) {
            done.completeExceptionally(failure);
        }
    }

    @Override
    public void begin(List<Column> columns, List<Kind> kinds, Instant asOf) {
        try {
            writer = format.begin(columns, kinds, pipe.in());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        begun.complete(asOf);
    }

    @Override
    public void take(List<Cell> cells) {
        if (writer == null) {
            throw new IllegalStateException("rows come after the columns");
        }
        try {
            writer.write(cells);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Waits until rows can be sent.
     *
     * @return what counts as now for them
     * @throws Refusal where there are none
     */
    Instant begun() {
        try {
            CompletableFuture.anyOf(begun, done).join();
        } catch (CompletionException failed) {
            throw new Refusal(HttpProblem.of(FailureResolver.ofSubscription(cause(failed))));
        }
        if (begun.isDone()) {
            return begun.join();
        }
        throw switch (done.join()) {
            case Outcome.Rejected(var problems) ->
                    new Refusal(
                            HttpProblem.of(
                                    FailureResolver.ofSubscription(
                                            new RejectedException(ErrorCode.BAD_QUERY, problems))));
            case Outcome.Exported _ ->
                    new IllegalStateException("rows were sent before the columns");
        };
    }

    /**
     * Sends what is written, until its end or until the caller may not have it any more.
     *
     * @throws IOException where it is not sent to its end; the connection breaks off then, so that nobody takes a part for the whole
     */
    void send(OutputStream client, BooleanSupplier isStillAllowed) throws IOException {
        try {
            long look = System.nanoTime() + LOOK_AGAIN_AFTER;
            boolean isOver = false;
            while (!isOver) {
                boolean isWritten = done.isDone();
                var block = pipe.next();
                if (block != null) {
                    client.write(block);
                }
                isOver = block == null && isWritten;
                if (System.nanoTime() - look > 0) {
                    check(isStillAllowed);
                    look = System.nanoTime() + LOOK_AGAIN_AFTER;
                }
            }
            done.get();
            client.flush();
        } catch (ExecutionException failed) {
            throw brokenOff(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CloseNowException("an export was stopped", stopped);
        } finally {
            pipe.close();
        }
    }

    private static void check(BooleanSupplier isStillAllowed) throws IOException {
        if (!isStillAllowed.getAsBoolean()) {
            LOG.warn("An export was broken off: its caller may not have it any more.");
            throw new CloseNowException("the caller may not have this any more", null);
        }
    }

    private static IOException brokenOff(@Nullable Throwable failure) {
        var cause = failure == null ? new IllegalStateException("no reason") : failure;
        if (cause instanceof UncheckedIOException
                || cause instanceof IOException
                || cause instanceof ArrowColumn.DoesNotFit) {
            LOG.warn("An export was broken off: {}", cause.getMessage());
        } else {
            var told = FailureResolver.ofSubscription(cause);
            LOG.warn("An export was broken off: {}", told.getMessage());
        }
        return new CloseNowException("an export was broken off", cause);
    }

    private static Throwable cause(CompletionException failed) {
        return failed.getCause() == null ? failed : failed.getCause();
    }
}
