package dev.cairn.adapters.persistence.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupOutcome.Written;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import dev.cairn.testkit.database.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class BackupTest {
    private static final BackupProgress SILENT = (_, _, _) -> {};

    /** All that tables can have, and values that text formats stumble over. */
    private static final String ODD =
            """
            insert into account_identity (account_key) values (E'tab\\tline\\nback\\\\slash'), ('\\N'), (''), ('é"''');
            insert into account select account_id, account_key, 'infinity', '-infinity', null from account_identity;
            update catalog_version set version = 7;
            insert into source_state (source, data_version) values ('odd', 3);
            create table "Fact odd" (
                id bigint generated always as identity (start with 100 increment by 5),
                account_id bigint not null references account,
                amount numeric(12, 3) default 1.5,
                double_amount numeric generated always as (amount * 2) stored,
                day date not null,
                "Te xt" text collate "C" default 'it''s',
                ratio double precision,
                at timestamptz,
                uid uuid,
                flag boolean,
                dropped integer,
                primary key (day, id, flag),
                constraint "amount is small" check (amount < 1000)
            ) partition by range (day);
            alter table "Fact odd" drop column dropped;
            create table odd_2026 partition of "Fact odd" for values from ('2026-01-01') to ('2027-01-01') partition by list (flag);
            create table odd_2026_true partition of odd_2026 for values in (true) with (fillfactor = 70);
            create table odd_rest partition of "Fact odd" default;
            create index odd_expression on "Fact odd" (lower("Te xt")) where amount > 0;
            create index account_first on account using brin (first_fact);
            create unlogged table odd_unlogged (a text);
            comment on table "Fact odd" is 'odd, isn''t it';
            comment on column "Fact odd".day is 'a day';
            alter table attribute_account add column a_plan text collate "C";
            insert into attribute_account select account_id, 'pro' from account;
            insert into odd_unlogged values (null), (''), ('null');
            insert into "Fact odd" (account_id, day, "Te xt", ratio, at, uid, flag, amount)
            select a.account_id, date '2025-12-30' + n, E'a\\r\\n\\t' || n, 1 / n::float8, timestamptz '2026-01-01' + n * interval '1 hour',
                   gen_random_uuid(), true, n / 3.0
            from account a, generate_series(1, 10) n
            """;

    private static final int FLIPS = 20;

    @TempDir private Path folder;
    private final MigratedDatabase original = new MigratedDatabase();
    private MigratedDatabase empty = new MigratedDatabase();
    private Path file;

    @BeforeEach
    void fill() throws SQLException {
        file = folder.resolve("cairn.backup");
        execute(original.database(), ODD);
    }

    @AfterEach
    void drop() {
        original.close();
        empty.close();
    }

    @Test
    void what_is_restored_is_what_was_backed_up_to_the_last_key_and_index() throws Exception {
        var summary = backup();

        assertThat(restore(false))
                .isEqualTo(new RestoreOutcome.Restored(summary.tables(), summary.rows(), "1.0"));
        assertThat(Contents.of(empty.database())).isEqualTo(Contents.of(original.database()));
    }

    @Test
    void identities_go_on_where_they_were() throws Exception {
        backup();
        restore(false);

        for (String next :
                new String[] {
                    "insert into account_identity (account_key) values ('next') returning account_id",
                    "insert into \"Fact odd\" (account_id, day, flag) values (0, '2026-02-02', true) returning id"
                }) {
            assertThat(ask(empty.database(), next)).isEqualTo(ask(original.database(), next));
        }
    }

    @Test
    void archive_is_for_its_owner_only_and_nothing_is_left_beside_it() throws Exception {
        backup();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void backup_is_of_one_moment_whatever_is_written_meanwhile() throws Exception {
        execute(
                original.database(),
                """
                create table a_first as select 1 as n;
                create table m_many as select n from generate_series(1, 20000) n;
                create table z_last as select 1 as n;
                """);
        var before = Contents.of(original.database());
        var told = new ArrayList<String>();

        new DatabaseBackup(original.dataSource(), "1.0")
                .writeTo(
                        file,
                        (table, _, _) -> {
                            told.add(table);
                            change(original.database());
                        });
        restore(false);

        assertThat(told).containsExactly("m_many", "m_many");
        assertThat(Contents.of(empty.database())).isEqualTo(before);
        assertThat(Contents.of(original.database())).isNotEqualTo(before);
    }

    private static void change(TestDatabase database) {
        try {
            execute(
                    database,
                    "update a_first set n = n + 1; insert into m_many values (0); update z_last set n = n + 1; create table if not exists zz_new as select 1 as n");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void database_with_something_in_it_is_restored_only_on_request() throws Exception {
        backup();
        execute(
                empty.database(),
                "insert into account_identity (account_key) values ('mine'); create table fact_mine (n integer)");
        var before = Contents.of(empty.database());

        assertThat(restore(false)).isEqualTo(new RestoreOutcome.NotEmpty("account_identity"));
        assertThat(Contents.of(empty.database())).isEqualTo(before);

        assertThat(restore(true)).isInstanceOf(RestoreOutcome.Restored.class);
        assertThat(Contents.of(empty.database())).isEqualTo(Contents.of(original.database()));
    }

    @Test
    void user_who_may_not_make_a_schema_is_told_so() throws Exception {
        backup();
        var user = "clerk_" + empty.database().name();
        execute(
                empty.database(),
                """
                create role %1$s login password 'p';
                grant all on schema public to %1$s;
                grant all on all tables in schema public to %1$s;
                """
                        .formatted(user));
        var clerk = new PGSimpleDataSource();
        clerk.setURL(empty.database().url());
        clerk.setUser(user);
        clerk.setPassword("p");

        assertThat(new DatabaseRestore(clerk).restore(file, false, SILENT))
                .isInstanceOfSatisfying(
                        RestoreOutcome.NotAllowed.class,
                        refusal -> assertThat(refusal.reason()).contains("permission denied"));

        execute(empty.database(), "drop owned by %1$s; drop role %1$s".formatted(user));
    }

    @Test
    void versions_move_on_so_that_a_running_service_sees_the_change() throws Exception {
        backup();
        execute(
                empty.database(),
                "update catalog_version set version = 20; insert into source_state (source, data_version) values ('odd', 9)");

        restore(true);

        assertThat(ask(empty.database(), "select version from catalog_version")).isEqualTo("21");
        assertThat(ask(empty.database(), "select data_version from source_state")).isEqualTo("10");
    }

    /** Parts of an archive that nothing hangs on, such as times of its entries, may change. */
    @Test
    void flipped_byte_is_noticed_or_does_not_matter() throws Exception {
        backup();
        byte[] whole = Files.readAllBytes(file);
        var fresh = Contents.of(empty.database());
        var wanted = Contents.of(original.database());
        long seed = 20261122;
        var random = new Random(seed);
        int restored = 0;
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = whole.clone();
            int place = random.nextInt(whole.length);
            flipped[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            String where = "seed %d, flip %d at %d".formatted(seed, i, place);
            if (restore(false) instanceof RestoreOutcome.Damaged) {
                assertThat(Contents.of(empty.database())).as(where).isEqualTo(fresh);
            } else {
                restored++;
                assertThat(Contents.of(empty.database())).as(where).isEqualTo(wanted);
                empty.close();
                empty = new MigratedDatabase();
            }
        }
        assertThat(restored).isLessThan(FLIPS / 2);
    }

    @Test
    void cut_off_archive_and_other_files_are_refused() throws Exception {
        backup();
        byte[] whole = Files.readAllBytes(file);
        for (byte[] content :
                new byte[][] {
                    new byte[0],
                    "account,plan\n".getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOf(whole, whole.length / 2),
                    Arrays.copyOf(whole, whole.length - 1)
                }) {
            Files.write(file, content);
            assertThat(restore(false)).isInstanceOf(RestoreOutcome.Damaged.class);
        }
    }

    @Test
    void rows_that_were_changed_in_the_archive_are_noticed() throws Exception {
        backup();
        rewrite("tables/account_identity.copy", rows -> rows.replace("tab", "tub"));
        var before = Contents.of(empty.database());

        assertThat(restore(false))
                .isEqualTo(
                        new RestoreOutcome.Damaged(
                                "the rows of account_identity are not those that were written"));
        assertThat(Contents.of(empty.database())).isEqualTo(before);
    }

    @Test
    void backup_of_a_newer_program_is_refused() throws Exception {
        execute(
                original.database(),
                """
                insert into databasechangelog
                select 'targets', author, 'db/changelog/0999-targets.sql', dateexecuted, 999, exectype, md5sum
                from databasechangelog limit 1
                """);
        backup();

        assertThat(restore(false)).isEqualTo(new RestoreOutcome.TooNew("1.0"));
    }

    @Test
    void what_cairn_did_not_make_and_a_backup_would_lose_is_named() throws Exception {
        execute(
                original.database(),
                """
                create view seen as select 1;
                create function f() returns integer language sql return 1;
                create type mood as enum ('good');
                create sequence loose;
                """);

        assertThat(new DatabaseBackup(original.dataSource(), "1.0").writeTo(file, SILENT))
                .isEqualTo(
                        new BackupOutcome.Refused(
                                List.of("function f", "sequence loose", "type mood", "view seen")));
        assertThat(folder).isEmptyDirectory();
    }

    private Written backup() throws IOException {
        return (Written) new DatabaseBackup(original.dataSource(), "1.0").writeTo(file, SILENT);
    }

    private RestoreOutcome restore(boolean replace) throws IOException {
        return new DatabaseRestore(empty.dataSource()).restore(file, replace, SILENT);
    }

    private void rewrite(String entry, UnaryOperator<String> change) throws IOException {
        Path changed = folder.resolve("changed");
        try (var in = new ZipInputStream(Files.newInputStream(file));
                var out =
                        new ZipOutputStream(
                                Files.newOutputStream(changed, StandardOpenOption.CREATE_NEW))) {
            for (ZipEntry found = in.getNextEntry(); found != null; found = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(found.getName()));
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                out.write(
                        (found.getName().equals(entry) ? change.apply(text) : text)
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
