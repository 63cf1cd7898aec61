package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqSqlFace;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.SqlFaceService;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.time.Clock;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** Saved questions as views of the database, where roles are given them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SqlFaceConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SqlFaceConfiguration.class);

    @Bean
    Views sqlFaceViews(
            DataSource database,
            Catalogs catalogs,
            AnalysisExecutor executor,
            Clock clock,
            CairnSettings settings) {
        var own = settings.sqlFace();
        var face = new JooqSqlFace(Postgres.dsl(database), own.schema());
        if (!own.isOn()) {
            face.withdraw();
            return new Views(null);
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
        return new Views(
                new SqlFaceService(
                        catalogs, executor, face, clock, settings.weekStarts(), readers));
    }

    private static StartRefused refused(String why) {
        return new StartRefused(
                StartProblem.BAD_SETTING,
                why,
                "Correct cairn.sql-face.roles and cairn.sql-face.unscoped-role, or the roles of the database.");
    }

    /** Looks each second whether views have to be published again; what is not published, and why, is logged when it changes. */
    static final class Views {
        private final @Nullable SqlFaceService service;
        private Map<String, String> told = Map.of();
        private boolean failing;

        Views(@Nullable SqlFaceService service) {
            this.service = service;
        }

        @Scheduled(fixedDelay = 1_000)
        void look() {
            if (service == null) {
                return;
            }
            try {
                var refusals = service.look();
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
            }
        }
    }
}
