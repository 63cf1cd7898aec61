package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_BATCH;
import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.backup.DatabaseBackup;
import dev.cairn.adapters.persistence.backup.DatabaseRestore;
import dev.cairn.adapters.persistence.deletion.JooqDeletionStore;
import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.RestoreOutcome;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.DeletionStore.Restoration;
import dev.cairn.application.port.out.FactStore.Load;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is under way when a backup is made, and goes on where it is restored. */
class RestoredWorkTest {
    private static final BackupProgress SILENT = (_, _, _) -> {};
    private static final int BATCH_BYTES = 1000;
    private static final int ROWS = 200;
    private static final Source TICKET =
            source(
                    "ticket",
                    List.of("id"),
                    Field.of("id", DataType.TEXT),
                    Field.of("at", DataType.TIMESTAMP),
                    Field.of("customer", DataType.TEXT),
                    Field.of("person", DataType.TEXT));

    @TempDir private Path folder;
    @RegisterExtension final MigratedDatabase original = new MigratedDatabase();
    @RegisterExtension final MigratedDatabase other = new MigratedDatabase();
    private final Facts before = Facts.in(original.dataSource());
    private final Facts restored = Facts.in(other.dataSource());

    @BeforeEach
    void declare() {
        save(original.dataSource(), TICKET);
    }

    @Test
    void an_import_that_was_interrupted_begins_anew_where_it_is_restored() throws Exception {
        interruptedImport(original);

        backup();
        restore(false);

        assertThat(restored.dsl().fetchCount(IMPORT_RUN)).isZero();
        assertThat(restored.dsl().fetchCount(IMPORT_BATCH)).isZero();
        assertThat(waiting(restored)).isEmpty();
        assertThat(waiting(before)).hasSize(1);
        try (var load = begin(other)) {
            add(load, ROWS);
            assertThat(load.stored()).isZero();
            assertThat(load.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }
    }

    @Test
    void the_original_goes_on_where_it_was_after_a_backup() throws Exception {
        interruptedImport(original);

        backup();

        try (var load = begin(original)) {
            add(load, ROWS);
            assertThat(load.stored()).isPositive();
            assertThat(load.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }
    }

    @Test
    void what_waited_where_a_backup_is_restored_is_gone() throws Exception {
        backup();
        save(other.dataSource(), TICKET);
        interruptedImport(other);

        restore(true);

        assertThat(waiting(restored)).isEmpty();
        try (var load = begin(other)) {
            add(load, ROWS);
            assertThat(load.stored()).isZero();
            assertThat(load.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }
    }

    @Test
    void an_import_from_before_a_restore_gets_no_table_of_one_from_after() throws Exception {
        backup();
        save(other.dataSource(), TICKET);
        try (var underWay = begin(other)) {
            add(underWay, ROWS / 2);

            restore(true);

            try (var load = begin(other)) {
                assertThatThrownBy(
                                () -> {
                                    add(load, ROWS);
                                    load.commit(null);
                                })
                        .isInstanceOf(StoreFailed.class)
                        .hasMessageContaining("begun before a backup was restored");
            }
        }
    }

    @Test
    void an_import_under_way_fails_in_words_where_a_backup_takes_its_place() throws Exception {
        backup();
        save(other.dataSource(), TICKET);
        try (var goesOn = begin(other);
                var isComplete = begin(other)) {
            add(goesOn, ROWS / 2);
            add(isComplete, ROWS / 2);

            restore(true);

            assertThatThrownBy(() -> add(goesOn, ROWS))
                    .isInstanceOf(StoreFailed.class)
                    .hasMessageContaining("A backup was restored");
            assertThatThrownBy(() -> isComplete.commit(null))
                    .isInstanceOf(StoreFailed.class)
                    .hasMessageContaining("A backup was restored");
        }
        assertThat(restored.rows(TICKET)).isZero();
    }

    @Test
    void a_deletion_is_undone_where_it_is_restored() throws Exception {
        try (var load = begin(original)) {
            add(load, ROWS);
            load.commit(null);
        }
        var all = before.inForce(TICKET);
        var deletions = new JooqDeletionStore(original.dataSource());
        var some =
                deletions
                        .delete(new Selection.Keys(TICKET, Set.of("[t1]", "[t2]")), "some", MONDAY)
                        .orElseThrow();
        var account =
                deletions
                        .delete(new Selection.Accounts(Set.of("a3")), "an account", MONDAY)
                        .orElseThrow();
        var left = before.inForce(TICKET);

        backup();
        restore(false);

        assertThat(restored.inForce(TICKET)).isEqualTo(left).hasSizeLessThan(all.size() - 2);
        var again = new JooqDeletionStore(other.dataSource());
        assertThat(again.restore(account.id(), MONDAY)).isInstanceOf(Restoration.Restored.class);
        assertThat(again.restore(some.id(), MONDAY)).isInstanceOf(Restoration.Restored.class);
        assertThat(restored.inForce(TICKET)).isEqualTo(all);
        assertThat(restored.firstFact("a3")).isEqualTo(before.firstFact("a4"));
    }

    private static Load begin(MigratedDatabase database) {
        return new JooqFactStore(database.dataSource(), BATCH_BYTES).begin(TICKET, MONDAY);
    }

    private static void add(Load load, int rows) {
        IntStream.range(0, rows)
                .mapToObj(n -> fact(TICKET, "t" + n, MONDAY, "a" + n % 7, null))
                .forEach(load::add);
    }

    private static void interruptedImport(MigratedDatabase database) {
        try (var load = begin(database)) {
            add(load, ROWS / 2);
        }
    }

    private static List<String> waiting(Facts facts) {
        return facts
                .dsl()
                .meta()
                .filterTables(table -> table.getName().matches("import_\\d+"))
                .getTables()
                .stream()
                .map(Table::getName)
                .toList();
    }

    private void backup() throws IOException {
        assertThat(
                        new DatabaseBackup(original.dataSource(), "1.0")
                                .writeTo(folder.resolve("cairn.backup"), SILENT))
                .isInstanceOf(BackupOutcome.Written.class);
    }

    private void restore(boolean replace) throws IOException {
        assertThat(
                        new DatabaseRestore(other.dataSource())
                                .restore(folder.resolve("cairn.backup"), replace, SILENT))
                .isInstanceOf(RestoreOutcome.Restored.class);
    }
}
