package dev.cairn.adapters.graphql;

import dev.cairn.domain.analysis.Caller;
import graphql.schema.DataFetchingEnvironment;
import java.util.function.Supplier;
import org.springframework.core.MethodParameter;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;

/** Gives controllers who asks. */
public final class CallerArgumentResolver implements HandlerMethodArgumentResolver {
    private final Supplier<Caller> callers;

    /** @param callers tells who asks in the request at hand */
    public CallerArgumentResolver(Supplier<Caller> callers) {
        this.callers = callers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, DataFetchingEnvironment environment) {
        return callers.get();
    }
}
