package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.Declarations.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.Declarations;
import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.definition.RandomRecords;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.DefineService;
import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JooqDefinitionStoreTest {
    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final DefinitionStore store = new JooqDefinitionStore(database);

    @Test
    void an_empty_store_has_the_empty_catalogue() {
        assertThat(store.version()).isZero();
        assertThat(store.load().version()).isZero();
        assertThat(store.load().entries()).map(Entry::name).containsExactly("account", "user");
    }

    @Test
    void definitions_of_every_kind_come_back_as_they_were_saved() {
        var entries = new HashMap<String, Entry>();
        for (Class<?> kind : Definition.class.getPermittedSubclasses()) {
            if (!kind.getSimpleName().equals("Source") && !kind.getSimpleName().equals("Entity")) {
                for (long seed = 0; seed < 20; seed++) {
                    var random = new RandomRecords(seed);
                    var definition = (Definition) random.any(kind);
                    if (!definition.name().contains("\0")) {
                        entries.put(definition.name(), new Entry(definition, 1, random.bindings()));
                    }
                }
            }
        }
        entries.put(
                "event",
                new Entry(
                        Declarations.source("event", List.of(), Field.of("at", DataType.TIMESTAMP)),
                        1,
                        Map.of("event/at", Binding.FIELD)));

        Saved saved = store.save(0, entries.values(), Set.of());

        assertThat(store.load().entries())
                .containsAll(entries.values())
                .hasSize(entries.size() + 2);
        assertThat(saved)
                .isInstanceOfSatisfying(
                        Saved.Done.class,
                        done -> assertThat(done.catalog().entries()).containsAll(entries.values()));
    }

    @Test
    void each_save_makes_a_new_version_of_the_catalogue() {
        save(entry(metric("m", "count(event)"), 1));
        save(entry(metric("n", "count(event)"), 1));

        assertThat(store.version()).isEqualTo(2);
        assertThat(store.load().version()).isEqualTo(2);
    }

    @Test
    void saving_nothing_changes_nothing() {
        assertThat(store.save(0, List.of(), Set.of("unknown"))).isInstanceOf(Saved.Done.class);

        assertThat(store.version()).isZero();
    }

    @Test
    void who_saves_on_an_older_version_gets_a_conflict_and_changes_nothing() {
        save(entry(metric("m", "count(event)"), 1));

        assertThat(store.save(0, List.of(entry(metric("n", "1"), 1)), Set.of("m")))
                .isEqualTo(new Saved.Conflict());

        assertThat(store.version()).isEqualTo(1);
        assertThat(store.load().metric("m")).isPresent();
        assertThat(store.load().metric("n")).isEmpty();
    }

    @Test
    void of_many_who_save_at_once_one_wins() throws Exception {
        int writers = 6;
        var together = new CyclicBarrier(writers);
        var saves = new ArrayList<Future<Saved>>();
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (int i = 0; i < writers; i++) {
                var mine = entry(metric("m" + i, "1"), 1);
                saves.add(
                        threads.submit(() -> {
                            together.await();
                            return store.save(0, List.of(mine), Set.of());
                        }));
            }
        }
        var outcomes = new ArrayList<Saved>();
        for (Future<Saved> save : saves) {
            outcomes.add(save.get());
        }

        assertThat(outcomes).filteredOn(Saved.Done.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Saved.Conflict.class::isInstance).hasSize(writers - 1);
        assertThat(store.load().all(Metric.class)).hasSize(1);
    }

    @Test
    void earlier_versions_of_a_metric_stay() {
        save(entry(metric("m", "1"), 1));
        save(entry(metric("m", "2"), 2));
        save(entry(metric("m", "3"), 3));

        Catalog catalog = store.load();
        assertThat(catalog.metric("m").orElseThrow().formula()).isEqualTo("3");
        assertThat(catalog.metricAt("m", 1).orElseThrow().definition()).isEqualTo(metric("m", "1"));
        assertThat(catalog.metricAt("m", 2).orElseThrow().definition()).isEqualTo(metric("m", "2"));
    }

    @Test
    void the_same_version_again_replaces_labels_and_keeps_how_names_were_read() {
        var bindings = Map.of("event/at", Binding.FIELD);
        save(new Entry(new Slice("s", "old", "", "event", "at is not none"), 1, bindings));

        save(
                new Entry(
                        new Slice("s", "new", "said", "event", "at is not none"),
                        1,
                        Map.of("event/at", Binding.CATALOG)));

        assertThat(store.load().entry("s"))
                .contains(
                        new Entry(
                                new Slice("s", "new", "said", "event", "at is not none"),
                                1,
                                bindings));
    }

    @Test
    void a_formula_with_other_blanks_and_comments_stays_at_its_version() {
        save(entry(metric("m", "1 + 2"), 1));
        var definitions = new DefineService(new Catalogs(store), store);
        var written = metric("m", "1+2 -- three");

        var outcome =
                definitions.define(
                        new DefineUseCase.Request(
                                List.of(new DefineUseCase.Draft(written, Place.NOWHERE)),
                                false,
                                false));

        assertThat(outcome).isInstanceOf(DefineUseCase.Outcome.Applied.class);
        assertThat(store.load().entry("m").orElseThrow().version()).isEqualTo(1);
        assertThat(store.load().metric("m").orElseThrow().formula()).isEqualTo("1+2 -- three");
    }

    @Test
    void the_same_version_with_another_meaning_is_a_mistake_of_the_caller() {
        save(entry(metric("m", "1"), 1));

        assertThatThrownBy(() -> store.save(1, List.of(entry(metric("m", "2"), 1)), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.load().metric("m").orElseThrow().formula()).isEqualTo("1");
        assertThat(store.version()).isEqualTo(1);
    }

    @Test
    void what_is_retired_is_gone_with_its_earlier_versions() {
        save(entry(metric("m", "1"), 1));
        save(entry(metric("m", "2"), 2));

        store.save(2, List.of(), Set.of("m"));

        assertThat(store.load().metric("m")).isEmpty();
        assertThat(store.load().metricAt("m", 1)).isEmpty();
        assertThat(store.version()).isEqualTo(3);
    }

    @Test
    void a_retired_name_that_is_defined_anew_goes_on_counting() {
        save(entry(metric("m", "1"), 1));
        store.save(1, List.of(), Set.of("m"));

        save(entry(metric("m", "2"), 1));

        assertThat(store.load().entry("m")).contains(entry(metric("m", "2"), 2));
        assertThat(store.load().metricAt("m", 1).orElseThrow().definition())
                .isEqualTo(metric("m", "1"));
    }

    @Test
    void a_retired_name_that_comes_back_with_its_meaning_is_the_version_it_was() {
        save(entry(metric("m", "1"), 1));
        store.save(1, List.of(), Set.of("m"));

        save(entry(metric("m", "1"), 1));

        assertThat(store.load().entry("m")).contains(entry(metric("m", "1"), 1));
    }

    @Test
    void a_name_may_become_another_kind() {
        save(entry(metric("m", "1"), 1));

        save(entry(new Slice("m", "m", "", "event", "true"), 2));

        assertThat(store.load().slice("m")).isPresent();
        assertThat(store.load().metricAt("m", 1)).isEmpty();
    }

    @Test
    void sql_in_a_definition_is_text() {
        var evil =
                new Slice(
                        "s",
                        "'; drop table definition; --",
                        "$$;\"",
                        "event",
                        "name = '''; delete from definition'");

        save(entry(evil, 1));

        assertThat(store.load().slice("s")).contains(evil);
    }

    private void save(Entry... entries) {
        assertThat(store.save(store.version(), List.of(entries), Set.of()))
                .isInstanceOf(Saved.Done.class);
    }

    private static Metric metric(String name, String formula) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                formula,
                null,
                Metric.Direction.HIGHER,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }
}
