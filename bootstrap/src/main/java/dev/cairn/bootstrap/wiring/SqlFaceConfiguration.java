package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.persistence.sql.JooqSqlFace;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.SqlFaceService;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Saved questions as views of the database, where roles are given them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SqlFaceConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SqlFaceConfiguration.class);
    private static final Duration END = Duration.ofSeconds(5);

    @Bean
    Views sqlFaceViews(
            JooqSqlFace face,
            Catalogs catalogs,
            AnalysisExecutor executor,
            Clock clock,
            CairnSettings settings) {
        var own = settings.sqlFace();
        if (!own.isOn()) {
            face.withdraw();
            return new Views();
        }
        var readers = new SqlFaceService.Readers(own.ofScopes(), own.unscopedRole());
        var roles = new TreeSet<>(own.ofScopes().values());
        if (own.unscopedRole() != null && !roles.add(own.unscopedRole())) {
            throw refused(
                    "The role '%s' has an access scope, and is to see all accounts."
                            .formatted(own.unscopedRole()));
        }
        var refusals = face.refusals(roles);
        if (!refusals.isEmpty()) {
            throw refused(String.join(System.lineSeparator(), refusals));
        }
        face.prepare();
        return Views.of(
                new SqlFaceService(
                        catalogs, executor, face, clock, settings.weekStarts(), readers));
    }

    private static StartRefused refused(String why) {
        return new StartRefused(
                StartProblem.BAD_SETTING,
                why,
                "Correct cairn.sql-face.roles and cairn.sql-face.unscoped-role, or the roles of the database.");
    }

    /** Looks each second whether views have to be published again, on a thread of its own; what is not published, and why, is logged when it changes. */
    static final class Views implements AutoCloseable {
        private final ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("cairn-views").factory());
        private Map<String, String> told = Map.of();
        private boolean failing;

        static Views of(SqlFaceService service) {
            var views = new Views();
            var _ =
                    views.thread.scheduleWithFixedDelay(
                            () -> views.look(service), 1, 1, TimeUnit.SECONDS);
            return views;
        }

        /** Waits a little for what it does, as connections are closed next. */
        @Override
        public void close() {
            thread.shutdown();
            try {
                var _ = thread.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            thread.shutdownNow();
        }

        private void look(SqlFaceService views) {
            try {
                var refusals = views.look();
                if (!refusals.equals(told)) {
                    refusals.forEach((name, why) ->
                            LOG.warn("The view '{}' is not published: {}", name, why));
                }
                told = refusals;
                failing = false;
            } catch (StoreFailed out) {
                LOG.debug("the views cannot be looked at", out);
            } catch (DataAccessException failed) {
                if (!failing) {
                    LOG.warn(
                            "The views could not be looked at; trying again every second.", failed);
                }
                failing = true;
            } catch (RuntimeException bug) {
                LOG.error("The views could not be looked at; trying again every second.", bug);
            }
        }
    }
}
