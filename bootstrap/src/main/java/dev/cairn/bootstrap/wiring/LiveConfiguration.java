package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.http.CallerPace;
import dev.cairn.adapters.graphql.http.EventStreams;
import dev.cairn.adapters.graphql.http.RefusedSignIns;
import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.live.LiveController;
import dev.cairn.adapters.graphql.signin.BearerSignIn;
import dev.cairn.adapters.graphql.socket.Credentials;
import dev.cairn.adapters.graphql.socket.GraphqlSockets;
import dev.cairn.adapters.graphql.socket.Times;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.FollowAlertsUseCase;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.Versions;
import dev.cairn.application.service.Audit;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.SubscribeService;
import dev.cairn.application.service.Turns;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;
import tools.jackson.databind.json.JsonMapper;

/** Answers that go on: subscriptions, and the sockets and streams they are sent over. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class LiveConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration REVIEW = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(12);

    /** So few questions are asked again at once that whoever asks meanwhile hardly waits. */
    private static final int ANSWERS_AT_ONCE = 4;

    /** Each question that somebody subscribed to waits once: cairn.limits.subscriptions bounds them. */
    private static final Turns.Most ANY_NUMBER =
            new Turns.Most(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Characters of a message that come at once; longer ones come in parts. */
    private static final int TEXT_BUFFER = 128;

    /** Nobody may send bytes. */
    private static final int BINARY_BUFFER = 128;

    /** Tomcat's: bytes that a socket receives and sends at once, of which it has three buffers. */
    private static final String FRAME_BUFFER = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";

    private static final int FRAME_BYTES = 1_024;

    /** Of the buffers that every connection has, as long as it is open; what is longer goes past them or in parts. */
    private static final String READ_BYTES = "1024";

    private static final String WRITE_BYTES = "2048";

    @Bean
    SubscribeUseCase subscribeUseCase(
            Catalogs catalogs,
            AnalysisExecutor executor,
            AnalyzeUseCase analyses,
            Versions versions,
            Clock clock,
            Limits limits,
            LiveThreads threads) {
        var service =
                new SubscribeService(
                        catalogs,
                        executor,
                        analyses,
                        versions,
                        clock,
                        new SubscribeService.Threads(
                                new Turns(threads.answers(), ANSWERS_AT_ONCE, ANY_NUMBER),
                                work -> Thread.ofVirtual().name("cairn-live").start(work)),
                        () -> Deadline.in(limits.time(), System::nanoTime));
        threads.every(LOOK, () -> look(service));
        threads.every(REVIEW, () -> review(service));
        return service;
    }

    /** A lost database is reported by those who watch it. */
    private static void look(SubscribeService service) {
        try {
            service.look();
        } catch (StoreFailed out) {
            LOG.debug("the versions cannot be looked at", out);
        }
    }

    private static void review(SubscribeService service) {
        try {
            service.review();
        } catch (StoreFailed out) {
            LOG.debug("the rights cannot be looked at", out);
        }
    }

    @Bean
    LiveThreads liveThreads() {
        return new LiveThreads(
                Executors.newFixedThreadPool(
                        ANSWERS_AT_ONCE,
                        Thread.ofPlatform().daemon().name("cairn-live-", 1).factory()),
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("cairn-live-watch").factory()));
    }

    /**
     * @param answers that questions are asked again on
     * @param watch that all versions are looked at on
     */
    record LiveThreads(ExecutorService answers, ScheduledExecutorService watch)
            implements AutoCloseable {
        /** What fails is tried again, and logged. */
        void every(Duration pause, Runnable work) {
            var _ =
                    watch.scheduleWithFixedDelay(
                            () -> {
                                try {
                                    work.run();
                                } catch (RuntimeException bug) {
                                    LOG.warn(
                                            "Live answers could not be kept up to date; trying again.",
                                            bug);
                                }
                            },
                            pause.toMillis(),
                            pause.toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            watch.shutdownNow();
            answers.shutdownNow();
        }
    }

    @Bean
    LiveController liveController(
            SubscribeUseCase subscriptions, FollowAlertsUseCase alerts, Limits limits) {
        return new LiveController(subscriptions, alerts, limits);
    }

    @Bean(destroyMethod = "")
    EventStreams eventStreams(JsonMapper json) {
        return new EventStreams(json, KEEP_ALIVE);
    }

    @Bean(destroyMethod = "")
    GraphqlSockets graphqlSockets(
            WebGraphQlHandler requests,
            JsonMapper json,
            Limits limits,
            CairnSettings settings,
            BearerSignIn signIn,
            CallerPace pace,
            RefusedSignIns refused,
            Audit audit) {
        return new GraphqlSockets(
                requests,
                json,
                limits,
                settings.auth().isOn()
                        ? new Credentials(
                                header -> signIn.authority(header, audit::refused), refused)
                        : Credentials.NONE,
                pace,
                Times.standard(Duration.ofSeconds(limits.most(Limit.IDLE))),
                System::nanoTime);
    }

    /** Each socket has these buffers for as long as it is open. Messages are taken in parts, of any size. */
    @Bean
    ServletServerContainerFactoryBean socketBuffers() {
        var container = new ServletServerContainerFactoryBean();
        container.setMaxTextMessageBufferSize(TEXT_BUFFER);
        container.setMaxBinaryMessageBufferSize(BINARY_BUFFER);
        return container;
    }

    /** Tomcat takes it from nowhere else, when it starts. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> smallSockets() {
        return server -> {
            if (System.getProperty(FRAME_BUFFER) == null) {
                System.setProperty(FRAME_BUFFER, Integer.toString(FRAME_BYTES));
            }
            server.addConnectorCustomizers(connector -> {
                connector.setProperty("socket.appReadBufSize", READ_BYTES);
                connector.setProperty("socket.appWriteBufSize", WRITE_BYTES);
            });
        };
    }

    @Bean
    HandlerMapping graphqlSocketMapping(GraphqlSockets sockets, Environment environment) {
        return sockets.at(environment.getRequiredProperty("spring.graphql.http.path"));
    }

    /** Says goodbye before the server waits for what runs: sockets and streams would run for ever. */
    @Bean
    SmartLifecycle goodbye(GraphqlSockets sockets, EventStreams streams) {
        return new SmartLifecycle() {
            private volatile boolean isRunning;

            @Override
            public void start() {
                isRunning = true;
            }

            @Override
            public void stop() {
                isRunning = false;
                sockets.close();
                streams.close();
            }

            @Override
            public boolean isRunning() {
                return isRunning;
            }

            @Override
            public int getPhase() {
                return SmartLifecycle.DEFAULT_PHASE;
            }
        };
    }
}
