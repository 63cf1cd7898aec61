package dev.cairn.adapters.graphql.caller;

import dev.cairn.domain.analysis.Caller;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Optional;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import reactor.core.publisher.Mono;

/** Carries who sent a request to where its fields are answered. */
public final class CallerInterceptor implements WebGraphQlInterceptor {
    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        var caller = HttpCaller.in(request.getAttributes());
        var authority = Authority.orEnded(request.getAttributes());
        request.configureExecutionInput((_, input) ->
                input.graphQLContext(
                                Map.of(
                                        HttpCaller.ATTRIBUTE,
                                        caller,
                                        Authority.ATTRIBUTE,
                                        authority))
                        .build());
        return chain.next(request);
    }

    /**
     * Who asks for a field.
     *
     * @throws IllegalStateException where the request came past the interceptor
     */
    public static Caller callerOf(DataFetchingEnvironment environment) {
        return callerOf(environment.getGraphQlContext());
    }

    /** As {@link #callerOf(DataFetchingEnvironment)}, where fields are answered together. */
    public static Caller callerOf(GraphQLContext context) {
        Caller caller = context.get(HttpCaller.ATTRIBUTE);
        if (caller == null) {
            throw new IllegalStateException("Nothing says who asks for a field.");
        }
        return caller;
    }

    /** What stands behind who asks for a field; ended where nothing says what. */
    public static Authority authorityOf(DataFetchingEnvironment environment) {
        Authority authority = environment.getGraphQlContext().get(Authority.ATTRIBUTE);
        return authority == null ? Optional::empty : authority;
    }
}
