package dev.cairn.bootstrap.wiring;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.cairn.adapters.graphql.http.HealthCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
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

    /** Whether the database answers, and how its connections are used. */
    @Bean
    MeterBinder databaseMeters(DataSource database) {
        var watched = (WatchedDatabase) database;
        return registry -> {
            Gauge.builder("cairn.database.reachable", watched, it -> it.isInReach() ? 1 : 0)
                    .description("1 while the database answers, else 0.")
                    .register(registry);
            watched.pool().setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        };
    }
}
