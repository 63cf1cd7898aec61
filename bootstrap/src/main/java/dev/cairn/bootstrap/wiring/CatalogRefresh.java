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
 * Lets the service see within a second what commands have defined, so that a question mostly is planned by it from the start. One that is not
 * finds out by its answer, and is planned again.
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

    /** Tells large questions from small ones. Without the database nothing is asked of it either, and the definitions say so. */
    @Scheduled(fixedDelay = 10_000)
    void countRows() {
        try {
            rows.refresh();
        } catch (StoreFailed | DataAccessException outOfReach) {
            LOG.debug("The numbers of rows could not be looked at.", outOfReach);
        }
    }
}
