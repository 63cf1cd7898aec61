package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.alert.JooqAlertStore;
import dev.cairn.adapters.persistence.audit.JooqAuditLog;
import dev.cairn.adapters.persistence.backup.DatabaseBackupStore;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.catalog.JooqVersions;
import dev.cairn.adapters.persistence.deletion.JooqDeletionStore;
import dev.cairn.adapters.persistence.fact.JooqCalendarRows;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.key.JooqKeyStore;
import dev.cairn.adapters.persistence.key.JooqSealKeys;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.adapters.persistence.sql.JooqDimensionValues;
import dev.cairn.adapters.persistence.sql.JooqSqlFace;
import dev.cairn.adapters.persistence.sql.JooqTableMappings;
import dev.cairn.adapters.persistence.sql.MappableSchemas;
import dev.cairn.adapters.persistence.sql.RowCounts;
import dev.cairn.adapters.persistence.trust.JooqSourceCounts;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.application.port.out.BackupStore;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.port.out.DeletionStore;
import dev.cairn.application.port.out.DimensionValues;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.KeyStore;
import dev.cairn.application.port.out.SealKeys;
import dev.cairn.application.port.out.SourceCounts;
import dev.cairn.application.port.out.TableMappings;
import dev.cairn.application.port.out.Versions;
import dev.cairn.bootstrap.CairnApplication;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The out-ports, on PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class PersistenceConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(PersistenceConfiguration.class);

    @Bean
    DefinitionStore definitionStore(DataSource database) {
        return new JooqDefinitionStore(database);
    }

    @Bean
    Versions versions(DataSource database) {
        return new JooqVersions(database);
    }

    @Bean
    FactStore factStore(DataSource database) {
        return new JooqFactStore(database);
    }

    @Bean
    CalendarRows calendarRows(DataSource database, CairnSettings settings) {
        return new JooqCalendarRows(dsl(database, settings));
    }

    @Bean
    AccountDirectory accountDirectory(DataSource database, CairnSettings settings) {
        return new JooqAccountDirectory(database, dsl(database, settings));
    }

    @Bean
    JooqSqlFace sqlFace(DataSource database, CairnSettings settings) {
        return new JooqSqlFace(Postgres.dsl(database), settings.sqlFace().schema());
    }

    @Bean
    DeletionStore deletionStore(DataSource database) {
        return new JooqDeletionStore(database);
    }

    @Bean
    @ConditionalOnWebApplication
    RowCounts rowCounts(DataSource database) {
        return new RowCounts(Postgres.dsl(database));
    }

    /** A command is over before a clock would have rows counted: it looks once. Where the database is out of reach, what is asked of it says so. */
    @Bean
    @ConditionalOnNotWebApplication
    RowCounts rowCountsOfCommand(DataSource database) {
        var rows = new RowCounts(Postgres.dsl(database));
        try {
            rows.refresh();
        } catch (StoreFailed | DataAccessException outOfReach) {
            LOG.debug("The numbers of rows could not be looked at.", outOfReach);
        }
        return rows;
    }

    @Bean
    AnalysisExecutor analysisExecutor(DataSource database, RowCounts rows, CairnSettings settings) {
        return new JooqAnalysisExecutor(dsl(database, settings), rows, settings.questions().most());
    }

    @Bean
    DimensionValues dimensionValues(DataSource database, RowCounts rows, CairnSettings settings) {
        return new JooqDimensionValues(dsl(database, settings), rows);
    }

    /** For whatever reads tables of one's own. */
    private static DSLContext dsl(DataSource database, CairnSettings settings) {
        return MappableSchemas.only(settings.tables().schemas(), Postgres.dsl(database));
    }

    @Bean
    TableMappings tableMappings(DataSource database, CairnSettings settings) {
        return new JooqTableMappings(Postgres.dsl(database), settings.tables().schemas());
    }

    @Bean
    KeyStore keyStore(DataSource database) {
        return new JooqKeyStore(database);
    }

    @Bean
    SealKeys sealKeys(DataSource database) {
        return new JooqSealKeys(database);
    }

    @Bean
    AlertStore alertStore(DataSource database) {
        return new JooqAlertStore(database);
    }

    @Bean
    SourceCounts sourceCounts(DataSource database) {
        return new JooqSourceCounts(database);
    }

    @Bean
    AuditLog auditLog(DataSource database) {
        return new JooqAuditLog(database);
    }

    @Bean
    BackupStore backupStore(DataSource database) {
        return new DatabaseBackupStore(database, CairnApplication.version());
    }
}
