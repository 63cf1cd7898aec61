package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.database.EmbeddedServer;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What holds for any database, the embedded one and a configured one. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** The database is ready first, also where all other beans are created lazily. */
    @Bean
    static LazyInitializationExcludeFilter databaseFirst() {
        return LazyInitializationExcludeFilter.forBeanTypes(DataSource.class);
    }

    @Bean
    @ConditionalOnWebApplication
    DatabaseWatch databaseWatch(
            DataSource database,
            ObjectProvider<EmbeddedServer> embedded,
            ApplicationEventPublisher events) {
        var server = embedded.getIfAvailable();
        return new DatabaseWatch(
                (WatchedDatabase) database,
                server == null ? null : server::revive,
                reason -> events.publishEvent(new DatabaseLost(database, reason)),
                DatabaseWatch.Time.SYSTEM);
    }

    @Bean
    static ReadyDatabase readyDatabase() {
        return new ReadyDatabase();
    }
}
