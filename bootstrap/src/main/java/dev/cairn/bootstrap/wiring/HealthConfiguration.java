package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.http.HealthCheck;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What a service says of itself to those who look after it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class HealthConfiguration {
    /**
     * Before every check of who asks. Ready from the end of the start, which loads the definitions, until the service is told to stop, as long as its
     * database answers.
     */
    @Bean
    FilterRegistrationBean<HealthCheck> healthCheck(
            ApplicationAvailability service, DataSource database) {
        var watched = (WatchedDatabase) database;
        var check =
                new HealthCheck(() ->
                        service.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                                && watched.isInReach());
        var registration = new FilterRegistrationBean<>(check);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
