package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first facts of a source, where they are so many that a table is made of them. */
class LargeLoadTest {
    private static final int ROWS = 1_500;
    private static final Field ID = Field.of("id", DataType.TEXT);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field PERSON = Field.of("person", DataType.TEXT);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final Facts facts = Facts.in(migrated.dataSource());

    /** Every third of no account, every fifth of no user, the last hundred with the keys of the first. */
    private static Fact[] rows(Source source, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i ->
                        fact(
                                source,
                                "t" + i % (ROWS - 100),
                                MONDAY.plus(Duration.ofHours(i * 7L % ROWS)),
                                i % 3 == 0 ? null : "a" + i % 11,
                                i % 5 == 0 ? null : "u" + i % 4))
                .toArray(Fact[]::new);
    }

    private Source declared(String name, List<String> key) {
        var source = source(name, key, ID, AT, CUSTOMER, PERSON);
        save(facts.database(), source);
        return source;
    }

    private List<?> coverage(Source source) {
        return facts.dsl()
                .select(SOURCE_STATE.FROM_AT, SOURCE_STATE.UNTIL_AT)
                .from(SOURCE_STATE)
                .where(SOURCE_STATE.SOURCE.eq(source.name()))
                .fetchSingle()
                .intoList();
    }

    private List<@Nullable Object> firsts() {
        return IntStream.range(0, 11)
                .<@Nullable Object>mapToObj(i -> facts.firstFact("a" + i))
                .toList();
    }

    @Test
    void one_large_load_gives_what_small_ones_give() {
        var small = declared("small", List.of("id"));
        for (int from = 0; from < ROWS; from += 500) {
            facts.load(small, MONDAY, rows(small, from, from + 500));
        }
        var expected = firsts();
        facts.dsl().truncate("account_user", "attribute_user").cascade().execute();
        facts.dsl().execute("update account set first_fact = null");
        var large = declared("large", List.of("id"));

        var loaded = facts.load(large, MONDAY, rows(large, 0, ROWS));

        assertThat(loaded).isEqualTo(new Loaded(ROWS, 100, 0));
        assertThat(facts.inForce(large)).containsExactlyInAnyOrderElementsOf(facts.inForce(small));
        assertThat(coverage(large)).isEqualTo(coverage(small));
        assertThat(firsts()).isEqualTo(expected);
        assertThat(facts.store().dataVersion("large")).isEqualTo(1);
    }

    @Test
    void equal_facts_without_a_key_stay_apart() {
        var event = declared("event", List.of());
        var rows = rows(event, 0, 1_200);

        facts.load(
                event,
                MONDAY,
                IntStream.range(0, 2_400).mapToObj(i -> rows[i / 2]).toArray(Fact[]::new));

        assertThat(facts.rows(event)).isEqualTo(2_400);
        assertThat(facts.load(event, MONDAY, rows)).isEqualTo(new Loaded(0, 0, 1_200));
    }

    @Test
    void the_table_has_the_key_and_the_indexes_that_it_was_declared_with() {
        var first = declared("first", List.of("id"));
        var expected = indexes("fact_first");

        facts.load(first, MONDAY, rows(first, 0, 1_200));

        assertThat(expected).hasSize(3);
        assertThat(indexes("fact_first")).isEqualTo(expected);
    }

    private List<String> indexes(String table) {
        return facts.dsl()
                .select(DSL.field("indexdef", String.class))
                .from("pg_indexes")
                .where(DSL.field("tablename", String.class).eq(table))
                .orderBy(DSL.field("indexname"))
                .fetch(DSL.field("indexdef", String.class));
    }
}
