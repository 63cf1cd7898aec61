package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.persistence.sql.RowCounts;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.service.Catalogs;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Lets the service see within a second what commands have defined, so that most questions are planned by the latest definitions at once. One that is not
 * is found out by the version in its answer, and is planned again.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableScheduling
class CatalogRefresh {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogRefresh.class);

    private final Catalogs catalogs;
    private final RowCounts rows;
    private boolean failing;

    CatalogRefresh(Catalogs catalogs, RowCounts rows) {
        this.catalogs = catalogs;
        this.rows = rows;
    }

    @Scheduled(fixedDelay = 1_000)
    void refresh() {
        try {
            catalogs.refresh();
            failing = false;
        } catch (StoreFailed out) {
            LOG.debug("the definitions cannot be looked at", out);
        } catch (DataAccessException e) {
            if (!failing) {
                LOG.warn("The definitions could not be looked at; trying again every second.", e);
            }
            failing = true;
        }
    }

    /** Counts rows, to tell large questions from small ones. A lost database is reported by {@link #refresh}. */
    @Scheduled(fixedDelay = 10_000)
    void countRows() {
        try {
            rows.refresh();
        } catch (StoreFailed | DataAccessException outOfReach) {
            LOG.debug("The numbers of rows could not be looked at.", outOfReach);
        }
    }
}
