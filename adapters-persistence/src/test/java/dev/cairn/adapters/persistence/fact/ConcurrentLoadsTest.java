package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConcurrentLoadsTest {
    private static final int LOADS = 4;
    private static final int ROWS = 300;
    private static final Field ID = Field.of("id", DataType.TEXT);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field PERSON = Field.of("person", DataType.TEXT);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final Facts facts = Facts.in(database);

    @Test
    void one_file_loaded_several_times_at_once_is_loaded_once() throws Exception {
        var event = source("event", List.of(), ID, AT, CUSTOMER, PERSON);
        save(database, event);

        var loaded = atOnce(IntStream.range(0, LOADS).mapToObj(i -> load(event, i, "x")).toList());

        assertThat(loaded).filteredOn(new Loaded(ROWS, 0, 0)::equals).hasSize(1);
        assertThat(loaded).filteredOn(new Loaded(0, 0, ROWS)::equals).hasSize(LOADS - 1);
        assertThat(facts.rows(event)).isEqualTo(ROWS);
        assertThat(facts.accounts()).hasSize(10);
        assertThat(facts.store().dataVersion("event")).isEqualTo(1);
    }

    @Test
    void corrections_of_the_same_facts_at_once_follow_each_other() throws Exception {
        var ticket = source("ticket", List.of("id"), ID, AT, CUSTOMER, PERSON);
        save(database, ticket);

        var loaded =
                atOnce(
                        IntStream.range(0, LOADS)
                                .mapToObj(i -> load(ticket, i, "person" + i))
                                .toList());

        assertThat(loaded).filteredOn(new Loaded(ROWS, 0, 0)::equals).hasSize(1);
        assertThat(loaded).filteredOn(new Loaded(ROWS, ROWS, 0)::equals).hasSize(LOADS - 1);
        assertThat(facts.inForce(ticket))
                .hasSize(ROWS)
                .map(List::getLast)
                .containsOnly(facts.inForce(ticket).getFirst().getLast());
        assertThat(facts.rows(ticket)).isEqualTo(ROWS * LOADS);
    }

    @Test
    void loads_into_several_sources_at_once_share_the_accounts_they_create() throws Exception {
        var sources =
                IntStream.range(0, LOADS)
                        .mapToObj(i -> source("event" + i, List.of(), ID, AT, CUSTOMER, PERSON))
                        .toList();
        sources.forEach(source -> save(database, source));

        var loaded =
                atOnce(
                        IntStream.range(0, LOADS)
                                .mapToObj(i -> load(sources.get(i), i, "x"))
                                .toList());

        assertThat(loaded).containsOnly(new Loaded(ROWS, 0, 0));
        assertThat(facts.accounts()).hasSize(10);
    }

    /** The same facts in another order for each number, so that crosswise waiting would show. */
    private Callable<Loaded> load(Source source, int number, String person) {
        Fact[] file =
                IntStream.range(0, ROWS)
                        .map(i -> (i * 7 + number * 113) % ROWS)
                        .mapToObj(i ->
                                fact(source, "t" + i, MONDAY.plusSeconds(i), "a" + i % 10, person))
                        .toArray(Fact[]::new);
        return () -> facts.load(source, MONDAY, file);
    }

    private static List<Loaded> atOnce(List<Callable<Loaded>> loads) throws Exception {
        var together = new CyclicBarrier(loads.size());
        var results = new ArrayList<Future<Loaded>>();
        try (var threads = Executors.newFixedThreadPool(loads.size())) {
            for (Callable<Loaded> load : loads) {
                results.add(
                        threads.submit(() -> {
                            together.await();
                            return load.call();
                        }));
            }
        }
        var loaded = new ArrayList<Loaded>();
        for (Future<Loaded> result : results) {
            loaded.add(result.get());
        }
        return loaded;
    }
}
