package dev.cairn.bootstrap.wiring;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.GuardStandingsUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.Versions;
import dev.cairn.application.service.AccountSample;
import dev.cairn.application.service.Audit;
import dev.cairn.application.service.AuditedGuardStandings;
import dev.cairn.application.service.AuditedGuards;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.ExportService;
import dev.cairn.application.service.GuardService;
import dev.cairn.application.service.GuardWatch;
import dev.cairn.application.service.Turns;
import dev.cairn.application.service.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Guards: measured when they are asked for, and in the background of a running service. */
@Configuration(proxyBeanMethods = false)
class GuardConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(GuardWatch.class);

    /** Of one measurement of all guards. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Bean
    GuardUseCase guardUseCase(Audit audit, Catalogs catalogs, AccountSample samples, Clock clock) {
        return new AuditedGuards(new GuardService(catalogs, samples, clock), audit);
    }

    /** Beside answers they are told by the watch itself: an answer is written down as such. */
    @Bean
    @Primary
    GuardStandingsUseCase guardStandingsUseCase(GuardWatch guards, Audit audit) {
        return new AuditedGuardStandings(guards, audit);
    }

    /** On a thread of its own, so that nobody waits for it; nobody is told what it reads, so it is in no log. */
    @Bean
    GuardWatch guardWatch(
            Catalogs catalogs,
            AnalysisExecutor executor,
            Versions versions,
            Clock clock,
            CairnSettings settings) {
        var exports =
                new ExportService(
                        catalogs,
                        executor,
                        clock,
                        new Workers(
                                turn("guards-planning"),
                                turn("guards-small"),
                                turn("guards-large"),
                                settings.questions().largeFrom()),
                        turn("guards"),
                        settings.weekStarts(),
                        settings.exports().rows());
        return new GuardWatch(
                catalogs,
                new GuardService(
                        catalogs,
                        new AccountSample(exports, settings.statistics().accounts()),
                        clock),
                versions,
                clock,
                () -> Deadline.in(LONGEST, System::nanoTime),
                LOG::warn);
    }

    private static Turns turn(String name) {
        return new Turns(
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("cairn-" + name).factory()),
                1,
                new Turns.Most(1, 1));
    }

    @Bean
    @ConditionalOnWebApplication
    GuardThread guardThread(GuardWatch guards, CairnSettings settings) {
        var thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("cairn-guards-watch").factory());
        long pause = settings.statistics().guardsEvery().toMillis();
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> look(guards), pause, pause, TimeUnit.MILLISECONDS);
        return new GuardThread(thread);
    }

    /** What fails is tried again; a lost database is reported by those who watch it. */
    private static void look(GuardWatch guards) {
        try {
            guards.look();
        } catch (StoreFailed out) {
            LOG.debug("guards cannot be looked after", out);
        } catch (RuntimeException bug) {
            LOG.warn("Guards could not be looked after; trying again.", bug);
        }
    }

    /** Ends with the service. */
    record GuardThread(ScheduledExecutorService thread) implements AutoCloseable {
        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
