package dev.cairn.bootstrap.observation;

import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.bootstrap.wiring.CairnSettings;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Everything that looks on while a service works. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ObservationConfiguration {
    private static final int WAITING_LOOKS = 10;

    /** Before all others but the headers: what they take, and refuse, counts too. */
    @Bean
    FilterRegistrationBean<RequestWatch> requestWatch(SlowRequests slow) {
        var registration = new FilterRegistrationBean<>(new RequestWatch(List.of(slow)));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    GraphqlParts graphqlParts() {
        return new GraphqlParts();
    }

    @Bean
    QuestionLog questionLog() {
        return question -> RunningRequest.current().ifPresent(request -> request.add(question));
    }

    @Bean
    SlowRequests slowRequests(CairnSettings settings, ExecutorService laterLooks) {
        var questions = settings.questions();
        return new SlowRequests(
                questions.slow(), questions.slowPlan(), laterLooks, System::nanoTime);
    }

    /** One look at the database at a time, a few that wait; where many requests are slow, others are left out. */
    @Bean
    ExecutorService laterLooks() {
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
