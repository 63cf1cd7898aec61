package dev.cairn.testkit.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a server is and how to sign in.
 *
 * @param description what it is, for messages
 * @param urlPattern a JDBC URL with {@code %s} for the database
 */
record ServerAddress(String description, String urlPattern, String user, String password) {
    private static final String DEFAULT_USER = "postgres";

    static ServerAddress local(String description, int port, String user) {
        return new ServerAddress(
                description, "jdbc:postgresql://127.0.0.1:%d/%%s".formatted(port), user, "");
    }

    /** Of a URL like {@code jdbc:postgresql://host:5432/any?user=u&password=p}; the database in it does not matter. */
    static ServerAddress of(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String user = DEFAULT_USER;
        String password = "";
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = decoded(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = decoded(parameter.substring("password=".length()));
            }
        }
        String pattern =
                "jdbc:postgresql://%s/%%s?%s"
                        .formatted(uri.getRawAuthority(), query.replace("%", "%%"));
        return new ServerAddress(
                "the PostgreSQL at " + uri.getRawAuthority(), pattern, user, password);
    }

    private static String decoded(String parameter) {
        return URLDecoder.decode(parameter, StandardCharsets.UTF_8);
    }

    String urlOf(String database) {
        return urlPattern.formatted(database);
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return description;
    }
}
