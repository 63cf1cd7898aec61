package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values come back as they were loaded. */
class StoredValuesTest {
    private static final long SEED = 11;
    private static final int ROWS = 2_000;
    private static final Field ID = Field.of("id", DataType.INTEGER);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field NUMBER = Field.of("number", DataType.DECIMAL);
    private static final Field DAY = Field.of("day", DataType.DATE);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final Facts facts = Facts.in(migrated.dataSource());

    @Test
    void numbers_days_and_instants_of_all_sizes_are_kept() {
        var values = source("value", List.of("id"), ID, AT, NUMBER, DAY);
        save(facts.database(), values);
        var random = new Random(SEED);
        var rows =
                LongStream.range(0, ROWS)
                        .mapToObj(id ->
                                fact(values, id, instant(random), number(random), day(random)))
                        .toList();

        facts.load(values, MONDAY, rows.toArray(Fact[]::new));

        var expected = rows.stream().map(StoredValuesTest::written).toList();
        assertThat(facts.inForce(values))
                .as("seed %d", SEED)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** As it is read: behind the reserved account, numbers with as many digits behind the point. */
    private static List<@Nullable Object> written(Fact fact) {
        var row = new ArrayList<@Nullable Object>(List.of(""));
        for (var value : fact.values()) {
            row.add(
                    value instanceof BigDecimal number && number.scale() < 0
                            ? number.setScale(0)
                            : value);
        }
        return row;
    }

    private static BigDecimal number(Random random) {
        var digits = new BigInteger(random.nextInt(80), random);
        return new BigDecimal(
                random.nextBoolean() ? digits : digits.negate(), random.nextInt(40) - 10);
    }

    private static Instant instant(Random random) {
        long micros = random.nextLong(-62_135_596_800_000_000L, 253_402_300_800_000_000L);
        return Instant.EPOCH.plusSeconds(micros / 1_000_000).plusNanos(micros % 1_000_000 * 1_000);
    }

    private static LocalDate day(Random random) {
        return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
    }
}
