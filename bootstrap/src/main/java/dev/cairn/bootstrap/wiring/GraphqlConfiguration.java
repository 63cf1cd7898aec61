package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.CallerArgumentResolver;
import dev.cairn.adapters.graphql.SchemaWiring;
import dev.cairn.adapters.graphql.http.JsonEndpoint;
import dev.cairn.adapters.graphql.limit.DocumentLimits;
import dev.cairn.adapters.graphql.limit.RequestLimits;
import dev.cairn.adapters.graphql.limit.TimeLimit;
import dev.cairn.adapters.graphql.problem.ErrorCodes;
import dev.cairn.adapters.graphql.problem.FailureResolver;
import dev.cairn.domain.analysis.Caller;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.server.WebGraphQlHandler;
import tools.jackson.databind.json.JsonMapper;

/** The GraphQL face. */
@Configuration(proxyBeanMethods = false)
class GraphqlConfiguration {
    @Bean
    SchemaWiring schemaWiring() {
        return new SchemaWiring();
    }

    @Bean
    CallerArgumentResolver callerArgumentResolver() {
        return new CallerArgumentResolver(() -> Caller.LOCAL);
    }

    @Bean
    FailureResolver failureResolver() {
        return new FailureResolver();
    }

    @Bean
    ErrorCodes errorCodes() {
        return new ErrorCodes();
    }

    @Bean
    @ConditionalOnWebApplication
    JsonEndpoint jsonEndpoint(WebGraphQlHandler requests, JsonMapper mapper) {
        return new JsonEndpoint(requests, mapper);
    }

    @Bean
    RequestLimits requestLimits() {
        return new RequestLimits(DocumentLimits.DEFAULT);
    }

    @Bean
    TimeLimit timeLimit(CairnSettings settings) {
        return new TimeLimit(settings.query().timeLimit());
    }
}
