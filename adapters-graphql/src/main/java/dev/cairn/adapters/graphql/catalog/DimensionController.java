package dev.cairn.adapters.graphql.catalog;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.relay.PageRequest;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase.Values;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What one can group and filter by. */
@Controller
public final class DimensionController {
    private static final int DEFAULT_VALUES = 20;

    private final BrowseCatalogUseCase catalogs;

    /** Values of one dimension, wherever in a request it stands: they are looked up once. */
    record AskedValues(String dimension, String startsWith, int first, Caller caller) {}

    /** @param loaders where the loader of values is put, for each request */
    public DimensionController(BrowseCatalogUseCase catalogs, BatchLoaderRegistry loaders) {
        this.catalogs = catalogs;
        loaders.forTypePair(AskedValues.class, Values.class)
                .registerMappedBatchLoader((asked, _) -> {
                    var deadline = Deadline.current();
                    return Mono.fromCallable(() -> deadline.during(() -> load(asked)))
                            .subscribeOn(Schedulers.boundedElastic());
                });
    }

    @QueryMapping
    @Nullable Dimension dimension(@Argument String key) {
        return catalogs.dimension(key).orElse(null);
    }

    @QueryMapping
    Items<Dimension> commonDimensions(@Argument List<String> metrics) {
        return new Items<>(Common.dimensions(metrics, catalogs));
    }

    @QueryMapping
    Items<MetricOutput> commonMetrics(@Argument List<String> dimensions) {
        return new Items<>(Common.metrics(dimensions, catalogs));
    }

    @SchemaMapping(typeName = "Dimension")
    CompletableFuture<List<String>> values(
            Dimension dimension,
            @Argument @Nullable String startsWith,
            @Argument @Nullable Integer first,
            Caller caller,
            DataLoader<AskedValues, Values> loader) {
        int size = PageRequest.size("first", first, DEFAULT_VALUES);
        var asked =
                new AskedValues(
                        dimension.key(), startsWith == null ? "" : startsWith, size, caller);
        return loader.load(asked).thenApply(DimensionController::found);
    }

    private Map<AskedValues, Values> load(Set<AskedValues> all) {
        return all.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                asked ->
                                        catalogs.values(
                                                asked.dimension,
                                                asked.startsWith,
                                                asked.first,
                                                asked.caller)));
    }

    private static List<String> found(Values values) {
        return switch (values) {
            case Values.Found(var found) -> found;
            case Values.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_USER_INPUT, problems);
        };
    }
}
