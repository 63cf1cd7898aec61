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
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.application.port.out.AlertChannel;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.service.AccountSample;
import dev.cairn.application.service.AlertDelivery;
import dev.cairn.application.service.AlertDetails;
import dev.cairn.application.service.AlertFeed;
import dev.cairn.application.service.AlertLooks;
import dev.cairn.application.service.AlertWatcher;
import dev.cairn.application.service.Audit;
import dev.cairn.application.service.AuditedFeed;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.RowChanges;
import dev.cairn.application.service.TrustService;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    private static final Duration END = Duration.ofSeconds(2);

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

    @Bean
    AlertWatcher.Telling alertTelling(
            AlertStore store, AlertDelivery delivery, CairnSettings settings) {
        return new AlertWatcher.Telling(store, delivery.channels(), settings.alerts().kept());
    }

    @Bean(destroyMethod = "end")
    AlertWatcher alertWatcher(
            Catalogs catalogs,
            SubscribeUseCase answers,
            AlertDetails details,
            AlertWatcher.Telling telling,
            Clock clock) {
        return new AlertWatcher(catalogs, answers, details, telling, clock, LOG::warn);
    }

    @Bean
    AlertDetails alertDetails(
            AnalyzeUseCase analyses, WhyUseCase why, AccountSample samples, Limits limits) {
        return new AlertDetails(analyses, new RowChanges(why), samples, deadlines(limits));
    }

    @Bean
    AlertLooks alertLooks(
            Catalogs catalogs,
            AlertLooks.Asked asked,
            AlertWatcher.Telling telling,
            Clock clock,
            Limits limits) {
        return new AlertLooks(catalogs, asked, telling, clock, deadlines(limits), LOG::warn);
    }

    /** @param trust looked at every few seconds, and so not written down each time: what alerts tell is kept */
    @Bean
    AlertLooks.Asked alertsAsk(
            GuardUseCase guards, TrustService trust, WhyUseCase why, AnalyzeUseCase analyses) {
        return new AlertLooks.Asked(guards, trust, why, analyses);
    }

    private static Supplier<Deadline> deadlines(Limits limits) {
        return () -> Deadline.in(limits.time(), System::nanoTime);
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
    AlertThreads alertThreads(
            AlertWatcher watcher, AlertLooks looks, AlertFeed feed, AlertDelivery delivery) {
        var threads =
                new AlertThreads(
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("cairn-alerts").factory()),
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("cairn-alerts-asking").factory()),
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("cairn-alerts-told").factory()));
        every(threads.watching(), watcher::look);
        every(threads.watching(), feed::look);
        every(threads.asking(), looks::look);
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
                                if (thread.isShutdown()) {
                                    LOG.debug("broken off", bug);
                                } else {
                                    LOG.warn(
                                            "Alerts could not be looked after; trying again.", bug);
                                }
                            }
                        },
                        LOOK.toMillis(),
                        LOOK.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /**
     * @param watching whether anything is news
     * @param asking of guards and the trust of sources; it may wait for answers
     * @param telling what is news; it may wait for whom it tells
     */
    record AlertThreads(
            ScheduledExecutorService watching,
            ScheduledExecutorService asking,
            ScheduledExecutorService telling)
            implements AutoCloseable {
        /** What is under way is broken off, and has time to end before what it reads is closed. */
        @Override
        public void close() {
            var all = List.of(watching, asking, telling);
            all.forEach(ExecutorService::shutdownNow);
            try {
                for (var thread : all) {
                    if (!thread.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
                        LOG.debug("alerts are still looked after");
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
