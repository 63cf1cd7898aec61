package dev.cairn.bootstrap.command;

import dev.cairn.adapters.terminal.command.Subcommand;
import dev.cairn.bootstrap.database.EmbeddedServer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Shows how to connect to the database, for those who want to read its tables. */
@Command(
        name = "database",
        description = "Shows which PostgreSQL Cairn works on and how to connect to it.")
final class DatabaseCommand extends Subcommand {
    @ParentCommand private CairnCommand cairn;

    @Override
    public Integer call() throws Exception {
        return cairn.runInContext(this::describe);
    }

    private int describe(ApplicationContext context) {
        JdbcConnectionDetails connection = context.getBean(JdbcConnectionDetails.class);
        JdbcClient database = context.getBean(JdbcClient.class);
        EmbeddedServer embedded = context.getBeanProvider(EmbeddedServer.class).getIfAvailable();
        String version = database.sql("show server_version").query(String.class).single();
        String size =
                database.sql("select pg_size_pretty(pg_database_size(current_database()))")
                        .query(String.class)
                        .single();
        out().println("version   PostgreSQL " + version);
        out().println("url       " + withoutParameters(connection.getJdbcUrl()));
        out().println("user      " + connection.getUsername());
        out().println(
                        "password  "
                                + (embedded == null
                                        ? "as configured"
                                        : "in " + embedded.passwordFile()));
        out().println("size      " + size);
        return 0;
    }

    /** Parameters can hold a password. */
    private static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "");
    }
}
