package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.StartRefused;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Refuses a database that is too old, before anything else is asked of it. */
final class DatabaseVersion implements BeanPostProcessor {
    private static final int OLDEST = 15;

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof DataSource database) {
            refuseTooOld(database);
        }
        return bean;
    }

    private static void refuseTooOld(DataSource database) {
        try (Connection connection = database.getConnection()) {
            DatabaseMetaData server = connection.getMetaData();
            if (server.getDatabaseMajorVersion() < OLDEST) {
                throw new StartRefused(
                        "The configured database is %s %s; Cairn needs PostgreSQL %d or later."
                                .formatted(
                                        server.getDatabaseProductName(),
                                        server.getDatabaseProductVersion(),
                                        OLDEST),
                        "Set spring.datasource.url to a newer PostgreSQL, or leave it out for the embedded one.");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
