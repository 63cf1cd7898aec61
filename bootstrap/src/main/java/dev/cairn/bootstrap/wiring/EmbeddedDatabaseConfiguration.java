package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.database.EmbeddedServer;
import dev.cairn.bootstrap.database.ServerSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The PostgreSQL that Cairn brings along, unless another is configured. */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedDatabaseConfiguration.NoDatabaseConfigured.class)
class EmbeddedDatabaseConfiguration {

    @Bean
    EmbeddedServer embeddedServer(CairnSettings settings, ApplicationContext context) {
        var server =
                new ServerSettings(
                        settings.dataDir(),
                        settings.postgres().port(),
                        settings.postgres().startTimeout());
        return context instanceof WebServerApplicationContext
                ? EmbeddedServer.serve(server)
                : EmbeddedServer.join(server);
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

    static final class NoDatabaseConfigured extends NoneNestedConditions {
        NoDatabaseConfigured() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static final class UrlConfigured {}
    }
}
