package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static dev.cairn.testkit.data.World.world;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Lists that are long enough to be bound as one array. */
class ArrayValuesTest {
    private static final Catalog CATALOG =
            world().source(source("event").timestamp("sent").date("due")).build().catalog();

    private static final String INSTANTS =
            IntStream.rangeClosed(1, 20)
                    .mapToObj("@2026-01-%02dT00:00:00Z"::formatted)
                    .collect(Collectors.joining(", "));

    private static final String DATES =
            IntStream.rangeClosed(1, 20)
                    .mapToObj("@2026-01-%02d"::formatted)
                    .collect(Collectors.joining(", "));

    private static String compiled(String condition) {
        return DSL.using(SQLDialect.POSTGRES)
                .render(
                        StatementCompiler.compile(
                                ask("count(event where %s)".formatted(condition)).plan(CATALOG)));
    }

    @Test
    void a_value_that_is_bound_itself_is_looked_for_among_many() {
        assertThat(compiled("@2026-01-05T00:00:00Z in (%s)".formatted(INSTANTS))).contains("any (");
        assertThat(compiled("@2026-01-05 in (%s)".formatted(DATES))).contains("any (");
    }

    @Test
    void a_column_is_looked_for_among_many() {
        assertThat(compiled("sent in (%s)".formatted(INSTANTS))).contains("any (");
        assertThat(compiled("due in (%s)".formatted(DATES))).contains("any (");
    }
}
