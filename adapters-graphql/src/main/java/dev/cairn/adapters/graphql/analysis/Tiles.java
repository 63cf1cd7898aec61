package dev.cairn.adapters.graphql.analysis;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import reactor.core.publisher.Flux;

/** Has the questions of one request asked together, as soon as it is known which they are: each on a thread of its own. */
final class Tiles {
    private static final Executor THREADS = work -> Thread.ofVirtual().name("tile").start(work);

    private final AnalyzeUseCase analyses;

    Tiles(AnalyzeUseCase analyses) {
        this.analyses = analyses;
    }

    /** One of the questions; each field asks its own, though it be equal to another. */
    record Tile(AnalysisQuery question, Caller caller) {}

    /** One that is being asked. */
    record Asked(CompletableFuture<Outcome> outcome) {}

    void register(BatchLoaderRegistry loaders) {
        loaders.forTypePair(Tile.class, Asked.class)
                .withOptions(options -> options.setCachingEnabled(false))
                .registerBatchLoader((tiles, _) -> Flux.fromIterable(asked(tiles)));
    }

    /** Of one request, and so of one caller. */
    List<Asked> asked(List<Tile> tiles) {
        var caller = tiles.getFirst().caller();
        if (!tiles.stream().allMatch(tile -> tile.caller().equals(caller))) {
            throw new IllegalStateException("a request has one caller");
        }
        var context = ContextSnapshotFactory.builder().build().captureAll();
        var outcomes =
                analyses.together(
                        tiles.stream().map(Tile::question).toList(), caller, Deadline.current());
        return outcomes.stream()
                .map(outcome ->
                        new Asked(
                                CompletableFuture.supplyAsync(
                                        outcome, context.wrapExecutor(THREADS))))
                .toList();
    }
}
