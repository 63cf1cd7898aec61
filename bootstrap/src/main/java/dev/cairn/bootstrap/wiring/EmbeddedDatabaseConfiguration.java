package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.database.EmbeddedServer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The embedded PostgreSQL, unless another is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(EmbeddedStart.class)
class EmbeddedDatabaseConfiguration {

    @Bean
    EmbeddedServer embeddedServer(EmbeddedStart start) {
        return start.server();
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(EmbeddedServer server) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return server.access().user();
            }

            @Override
            public String getPassword() {
                return server.access().password();
            }

            @Override
            public String getJdbcUrl() {
                return server.access().url();
            }
        };
    }
}
