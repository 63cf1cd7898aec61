package dev.cairn.bootstrap.wiring;

import javax.sql.DataSource;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What holds for any database, the embedded one and a configured one. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** Also where everything else waits until it is asked for, the database is there first. */
    @Bean
    static LazyInitializationExcludeFilter databaseFirst() {
        return LazyInitializationExcludeFilter.forBeanTypes(DataSource.class);
    }

    @Bean
    static ReadyDatabase readyDatabase() {
        return new ReadyDatabase();
    }
}
