package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.testkit.data.World;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads at random into a source with a key and one without, compared with what the plain {@link World} says of the same loads. */
class RandomLoadsTest {
    private static final Field ID = Field.of("id", DataType.TEXT);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field PERSON = Field.of("person", DataType.TEXT);
    private static final Field STATE = Field.of("state", DataType.TEXT);
    private static final Source KEYED =
            source("keyed", List.of("id"), ID, AT, CUSTOMER, PERSON, STATE);
    private static final Source KEYLESS =
            source("keyless", List.of(), ID, AT, CUSTOMER, PERSON, STATE);
    private static final int RUNS = 4;
    private static final int LOADS = 12;

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final Facts facts = Facts.in(migrated.dataSource());

    @Test
    void what_is_in_force_after_any_loads_is_what_the_plain_world_says() {
        save(facts.database(), KEYED, KEYLESS);
        var catalog = new JooqDefinitionStore(facts.database()).load();
        for (long seed = 1; seed <= RUNS; seed++) {
            clear();
            var random = new Random(seed);
            var loads = new ArrayList<World.Load>();
            for (int i = 0; i < LOADS; i++) {
                var source = random.nextBoolean() ? KEYED : KEYLESS;
                var batch = load(source, random);
                var before = world(catalog, loads);
                loads.add(batch);
                var after = world(catalog, loads);
                var loaded =
                        facts.load(
                                source,
                                MONDAY,
                                batch.completeUntil(),
                                batch.facts().toArray(Fact[]::new));

                String where = "seed %d, load %d".formatted(seed, i);
                assertCounts(where, source, batch, loaded, before, after);
                assertSame(where, after);
            }
        }
    }

    private static World world(Catalog catalog, List<World.Load> loads) {
        return new World(catalog, List.of(), List.of(), loads);
    }

    private static World.Load load(Source source, Random random) {
        var rows = new ArrayList<Fact>();
        for (int i = random.nextInt(8); i > 0; i--) {
            rows.add(
                    fact(
                            source,
                            "t" + random.nextInt(5),
                            MONDAY.plus(Duration.ofDays(random.nextInt(4))),
                            one(random, null, "a", "b"),
                            one(random, null, "u", "v"),
                            one(random, null, "", "x")));
        }
        return new World.Load(
                source.name(),
                rows,
                random.nextInt(6) == 0 ? LocalDate.of(2026, 2, 1 + random.nextInt(3)) : null);
    }

    private static @Nullable String one(Random random, @Nullable String... values) {
        return values[random.nextInt(values.length)];
    }

    private static void assertCounts(
            String where,
            Source source,
            World.Load batch,
            Loaded loaded,
            World before,
            World after) {
        assertThat(loaded.loaded() + loaded.duplicates()).as(where).isEqualTo(batch.facts().size());
        assertThat(loaded.loaded() - loaded.superseded())
                .as(where)
                .isEqualTo(
                        after.inForce(source.name()).size() - before.inForce(source.name()).size());
    }

    private void assertSame(String where, World world) {
        var firstOfAccount = new TreeMap<String, Instant>();
        var firstOfUser = new TreeMap<String, Instant>();
        for (Source source : List.of(KEYED, KEYLESS)) {
            var inForce = world.inForce(source.name());
            assertThat(facts.inForce(source))
                    .as(where)
                    .containsExactlyInAnyOrderElementsOf(
                            inForce.stream().map(RandomLoadsTest::row).toList());
            assertThat(coverage(source)).as(where).isEqualTo(world.coverage(source.name()));
            for (Fact fact : inForce) {
                if (fact.account() != null) {
                    firstOfAccount.merge(fact.account(), fact.occurred(), RandomLoadsTest::earlier);
                }
                if (fact.user() != null) {
                    String account = Objects.requireNonNullElse(fact.account(), "");
                    firstOfUser.merge(
                            account + "/" + fact.user(), fact.occurred(), RandomLoadsTest::earlier);
                }
            }
        }
        assertThat(firstFactsOfAccounts()).as(where).isEqualTo(firstOfAccount);
        assertThat(firstFactsOfUsers()).as(where).isEqualTo(firstOfUser);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static List<@Nullable Object> row(Fact fact) {
        return Stream.concat(
                        Stream.of(Objects.requireNonNullElse(fact.account(), "")),
                        fact.values().stream())
                .toList();
    }

    private Map<String, Instant> firstFactsOfAccounts() {
        return new TreeMap<>(
                facts.dsl()
                        .selectFrom(ACCOUNT)
                        .where(ACCOUNT.FIRST_FACT.isNotNull())
                        .fetchMap(ACCOUNT.ACCOUNT_KEY, ACCOUNT.FIRST_FACT));
    }

    private Map<String, Instant> firstFactsOfUsers() {
        var users = new TreeMap<String, Instant>();
        facts.dsl()
                .select(ACCOUNT.ACCOUNT_KEY, ACCOUNT_USER.USER_KEY, ACCOUNT_USER.FIRST_FACT)
                .from(ACCOUNT_USER)
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(ACCOUNT_USER.ACCOUNT_ID))
                .where(ACCOUNT_USER.FIRST_FACT.isNotNull())
                .forEach(row -> users.put(row.value1() + "/" + row.value2(), row.value3()));
        return users;
    }

    private Optional<Coverage> coverage(Source source) {
        return facts.dsl()
                .selectFrom(SOURCE_STATE)
                .where(SOURCE_STATE.SOURCE.eq(source.name()))
                .and(SOURCE_STATE.FROM_DATE.isNotNull())
                .and(SOURCE_STATE.UNTIL_DATE.isNotNull())
                .fetchOptional(state ->
                        new Coverage(
                                state.get(SOURCE_STATE.FROM_DATE),
                                state.get(SOURCE_STATE.FROM_AT),
                                state.get(SOURCE_STATE.UNTIL_DATE),
                                state.get(SOURCE_STATE.UNTIL_AT)));
    }

    private void clear() {
        for (Source source : Arrays.asList(KEYED, KEYLESS)) {
            facts.dsl().truncate(new FactTable(source.name()).table()).execute();
        }
        facts.dsl().deleteFrom(SOURCE_STATE).execute();
        facts.dsl().update(ACCOUNT).setNull(ACCOUNT.FIRST_FACT).execute();
        facts.dsl().update(ACCOUNT_USER).setNull(ACCOUNT_USER.FIRST_FACT).execute();
    }
}
