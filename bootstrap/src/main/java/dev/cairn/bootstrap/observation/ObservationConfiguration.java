package dev.cairn.bootstrap.observation;

import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.application.service.Workers;
import dev.cairn.bootstrap.CairnApplication;
import dev.cairn.bootstrap.wiring.CairnSettings;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Everything that looks on while a service works. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ObservationConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ObservationConfiguration.class);
    private static final int WAITING_LOOKS = 10;

    /** Before all checks: what they take, and refuse, counts too. */
    @Bean
    FilterRegistrationBean<RequestWatch> requestWatch(List<Consumer<ObservedRequest>> observers) {
        var registration = new FilterRegistrationBean<>(new RequestWatch(observers));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    GraphqlParts graphqlParts() {
        return new GraphqlParts();
    }

    @Bean
    QuestionLog questionLog(ObjectProvider<Meters> meters) {
        var measured = meters.getIfAvailable();
        return new QuestionLog() {
            @Override
            public void over(Question question) {
                RunningRequest.current().ifPresent(request -> request.add(question));
                if (measured != null) {
                    measured.over(question);
                }
            }

            @Override
            public void brokenTogether(RuntimeException failure) {
                LOG.warn(
                        "tiles of a request could not be answered by one statement, and are asked one by one",
                        failure);
            }
        };
    }

    /** @param more what other parts of the service measure */
    @Bean
    @ConditionalOnBooleanProperty("cairn.metrics")
    Meters meters(Workers workers, ObjectProvider<MeterBinder> more) {
        return new Meters(workers, more.stream().toList());
    }

    @Bean
    @ConditionalOnBooleanProperty("cairn.metrics")
    FilterRegistrationBean<MetersPage> metersPage(Meters meters) {
        var registration = new FilterRegistrationBean<>(new MetersPage(meters::text));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    @Bean
    @ConditionalOnProperty("cairn.traces")
    Traces traces(CairnSettings settings) {
        return Traces.to(Objects.requireNonNull(settings.traces()), CairnApplication.version());
    }

    @Bean
    SlowRequests slowRequests(CairnSettings settings) {
        var questions = settings.questions();
        return new SlowRequests(
                questions.slow(), questions.slowPlan(), laterLooks(), System::nanoTime);
    }

    /**
     * One look at the database at a time, a few that wait; where many requests are slow, others are left out. No bean: Spring would leave out its own
     * threads then.
     */
    private static Executor laterLooks() {
        return new ThreadPoolExecutor(
                0,
                1,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(WAITING_LOOKS),
                Thread.ofPlatform().daemon().name("cairn-later-", 1).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }
}
