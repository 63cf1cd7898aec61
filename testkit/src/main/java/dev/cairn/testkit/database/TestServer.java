package dev.cairn.testkit.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server that tests may fill with databases. There is one for each JVM, and one of the oldest version Cairn
 * supports where the machine has it.
 */
public final class TestServer {
    private static final long PROCESS = ProcessHandle.current().pid();

    private final ServerAddress address;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, String> templates = new HashMap<>();
    private final Set<String> databases = ConcurrentHashMap.newKeySet();

    TestServer(ServerAddress address) {
        this.address = address;
    }

    /**
     * The server of this JVM: the one {@code CAIRN_TEST_JDBC_URL} names, else one in a container where an engine runs
     * that can start it, else the embedded one.
     */
    public static TestServer shared() {
        return Servers.SHARED;
    }

    /** A PostgreSQL 15: Debian's where it is installed, else the one {@code CAIRN_TEST_PG15_URL} names. */
    public static Optional<TestServer> postgres15() {
        return OldServers.POSTGRES_15;
    }

    /** A database with nothing in it. */
    public TestDatabase emptyDatabase() {
        return create("template0");
    }

    /**
     * A database as {@code preparation} leaves it: it is prepared once for each {@code key}, and copied each time.
     *
     * @param key names the preparation, for example {@code schema}
     */
    public TestDatabase databaseLike(String key, Preparation preparation) {
        return create(template(key, preparation));
    }

    /** The version, for example {@code 18.6}. */
    public String version() {
        try (Connection connection = connectToPostgres()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return address.description();
    }

    String urlOf(String database) {
        return address.urlOf(database);
    }

    String user() {
        return address.user();
    }

    String password() {
        return address.password();
    }

    void drop(String database) {
        execute("drop database if exists %s with (force)".formatted(database));
        databases.remove(database);
    }

    /** Leaves nothing behind on a server that lives on. */
    void dropAll() {
        Set.copyOf(databases).forEach(this::drop);
    }

    /** Nobody may be connected to a template while it is copied: the preparation's connections are closed by then. */
    private synchronized String template(String key, Preparation preparation) {
        String known = templates.get(key);
        if (known != null) {
            return known;
        }
        TestDatabase template = emptyDatabase();
        try {
            preparation.prepare(template);
        } catch (Exception e) {
            template.close();
            throw new IllegalStateException("preparing the template '%s' failed".formatted(key), e);
        }
        templates.put(key, template.name());
        return template.name();
    }

    private TestDatabase create(String template) {
        String name = "cairn_test_%d_%d".formatted(PROCESS, count.incrementAndGet());
        databases.add(name);
        execute("create database %s template %s strategy file_copy".formatted(name, template));
        return new TestDatabase(this, name);
    }

    private void execute(String sql) {
        try (Connection connection = connectToPostgres();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("%s, on %s".formatted(sql, this), e);
        }
    }

    private Connection connectToPostgres() throws SQLException {
        return DriverManager.getConnection(
                address.urlOf("postgres"), address.user(), address.password());
    }

    /** Fills a new database; every connection it opens is closed when it returns. */
    @FunctionalInterface
    public interface Preparation {
        void prepare(TestDatabase database) throws Exception;
    }

    private static final class Servers {
        static final TestServer SHARED = ServerSearch.shared();
    }

    private static final class OldServers {
        static final Optional<TestServer> POSTGRES_15 = ServerSearch.postgres15();
    }
}
