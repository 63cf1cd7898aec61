package dev.cairn.bootstrap.importing;

import dev.cairn.adapters.files.definition.DefinitionFile;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.adapters.files.fact.TextRecordFiles;
import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.DefineService;
import dev.cairn.application.service.ImportService;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.DefaultResourceLoader;

/** An import of a few thousand rows in batches of a few dozen, and what it leaves in the database. */
final class Import {
    static final String TARGET = "visit";
    private static final int ROWS = 4_000;
    private static final int BATCH_BYTES = 8_000;
    private static final String DEFINITIONS =
            """
            source: visit
            time: {field: at, zone: Europe/Berlin}
            account: {field: customer}
            user: {field: person}
            fields:
              at: timestamp
              customer: text
              person: text
              pages: {type: integer, min: 1}
              price: {type: money, currency: EUR}
              many: {type: boolean, compute: pages > 5}
            """;

    /** All that is known of the facts, accounts and users but ids and the time of the import. */
    private static final String CONTENT =
            """
            select concat_ws('|', 'fact', f.source_key, a.account_key, u.user_key, f.occurred, f.superseded,
                             f.f_at, f.f_customer, f.f_person, f.f_pages, f.f_price, f.f_many)
            from fact_visit f join account a using (account_id) left join account_user u using (account_id, user_id)
            union all select concat_ws('|', 'account', account_key, first_fact) from account
            union all select concat_ws('|', 'user', a.account_key, u.user_key, u.first_fact)
            from account_user u join account a using (account_id)
            union all select concat_ws('|', 'source', source, data_version, from_at, until_at) from source_state
            order by 1
            """;

    private Import() {}

    /** Makes the tables and declares the source. */
    static void prepare(DataSource database) throws Exception {
        var liquibase = new SpringLiquibase();
        liquibase.setDataSource(database);
        liquibase.setChangeLog("classpath:db/changelog/db.changelog-master.yaml");
        liquibase.setResourceLoader(new DefaultResourceLoader());
        liquibase.setAnalyticsEnabled(false);
        liquibase.afterPropertiesSet();
        var store = new JooqDefinitionStore(database);
        var drafts =
                DefinitionReader.read(List.of(new DefinitionFile("visit.yaml", DEFINITIONS)))
                        .drafts();
        new DefineService(new Catalogs(store), store)
                .define(new DefineUseCase.Request(drafts, false, false));
    }

    static DataSource database(String url, String user, String password) {
        var database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        return database;
    }

    /** Rows that repeat each other, of several accounts and none; some are rejected. */
    static String file(long seed) {
        var random = new Random(seed);
        var file = new StringBuilder("at,customer,person,pages,price\n");
        for (int i = 0; i < ROWS; i++) {
            file.append("2026-%02d-%02d %02d:30".formatted(1 + i / 500, 1 + i % 28, i % 24))
                    .append(",")
                    .append(random.nextInt(4) == 0 ? "" : "customer-" + random.nextInt(30))
                    .append(",")
                    .append(random.nextInt(3) == 0 ? "" : "person-" + random.nextInt(3))
                    .append(",")
                    .append(random.nextInt(40) == 0 ? "many" : random.nextInt(8))
                    .append(",")
                    .append(random.nextInt(3))
                    .append(".5\n");
        }
        return file.toString();
    }

    static Outcome run(DataSource database, InputStream file) throws IOException {
        var imports =
                new ImportService(
                        new Catalogs(new JooqDefinitionStore(database))::current,
                        new TextRecordFiles(),
                        new JooqFactStore(database, BATCH_BYTES),
                        new JooqAccountDirectory(database, BATCH_BYTES),
                        Clock.systemUTC());
        var records = new RecordFile(file, Dialect.of("visits.csv"));
        return imports.importRecords(
                new Request(TARGET, records, Map.of(), null, Long.MAX_VALUE, _ -> {}, _ -> {}));
    }

    static List<String> content(DataSource database) throws SQLException {
        return texts(database, CONTENT);
    }

    static long storedRows(DataSource database) throws SQLException {
        return Long.parseLong(
                texts(database, "select coalesce(max(rows), 0)::text from import_batch")
                        .getFirst());
    }

    static List<String> texts(DataSource database, String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
