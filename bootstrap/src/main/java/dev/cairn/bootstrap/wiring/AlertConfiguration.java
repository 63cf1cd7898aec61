package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.notification.mail.MailChannel;
import dev.cairn.adapters.notification.mail.MailServer;
import dev.cairn.adapters.notification.webhook.WebhookChannel;
import dev.cairn.adapters.notification.webhook.WebhookSecret;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.FollowAlertsUseCase;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.out.AlertChannel;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.service.AlertDelivery;
import dev.cairn.application.service.AlertFeed;
import dev.cairn.application.service.AlertWatcher;
import dev.cairn.application.service.Audit;
import dev.cairn.application.service.AuditedFeed;
import dev.cairn.application.service.Catalogs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Alerts: watched and told by a running service, whether or not anybody asks it anything. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class AlertConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AlertConfiguration.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Bean
    AlertDelivery alertDelivery(
            AlertStore store,
            CairnSettings settings,
            ObjectProvider<JavaMailSenderImpl> mail,
            Clock clock) {
        return new AlertDelivery(store, channels(settings.alerts(), mail, clock), clock, LOG::warn);
    }

    private static List<AlertChannel> channels(
            CairnSettings.Alerts settings, ObjectProvider<JavaMailSenderImpl> mail, Clock clock) {
        var channels = new ArrayList<AlertChannel>();
        if (settings.webhook() != null && settings.webhookSecret() != null) {
            channels.add(
                    new WebhookChannel(
                            settings.webhook(),
                            WebhookSecret.read(settings.webhookSecret()).orElseThrow(),
                            clock));
        }
        if (!settings.mailTo().isEmpty()) {
            channels.add(
                    new MailChannel(
                            MailServer.careful(mail.getObject()),
                            Objects.requireNonNull(settings.mailFrom()),
                            settings.mailTo()));
        }
        return channels;
    }

    @Bean(destroyMethod = "end")
    AlertWatcher alertWatcher(
            Catalogs catalogs,
            SubscribeUseCase answers,
            AnalyzeUseCase analyses,
            AlertStore store,
            AlertDelivery delivery,
            Clock clock,
            Limits limits) {
        return new AlertWatcher(
                catalogs,
                answers,
                analyses,
                store,
                delivery.channels(),
                clock,
                () -> Deadline.in(limits.time(), System::nanoTime),
                LOG::warn);
    }

    @Bean
    AlertFeed alertFeed(AlertStore store) {
        return new AlertFeed(store);
    }

    @Bean
    @Primary
    FollowAlertsUseCase followAlertsUseCase(AlertFeed feed, Audit audit) {
        return new AuditedFeed(feed, audit);
    }

    @Bean
    AlertThreads alertThreads(AlertWatcher watcher, AlertFeed feed, AlertDelivery delivery) {
        var threads =
                new AlertThreads(
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("cairn-alerts").factory()),
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("cairn-alerts-told").factory()));
        every(threads.watching(), watcher::look);
        every(threads.watching(), feed::look);
        if (!delivery.channels().isEmpty()) {
            every(threads.telling(), delivery::tell);
        }
        return threads;
    }

    /** What fails is tried again; a lost database is reported by those who watch it. */
    private static void every(ScheduledExecutorService thread, Runnable work) {
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                            } catch (StoreFailed out) {
                                LOG.debug("alerts cannot be read or kept", out);
                            } catch (RuntimeException bug) {
                                LOG.warn("Alerts could not be looked after; trying again.", bug);
                            }
                        },
                        LOOK.toMillis(),
                        LOOK.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /**
     * @param watching whether anything is news
     * @param telling what is news; it may wait for whom it tells
     */
    record AlertThreads(ScheduledExecutorService watching, ScheduledExecutorService telling)
            implements AutoCloseable {
        @Override
        public void close() {
            watching.shutdownNow();
            telling.shutdownNow();
        }
    }
}
