package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.TableChanged;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** The schemas that tables of one's own may be read from, as whoever runs the service says; kept with what statements are sent by. */
public final class MappableSchemas {
    private static final String KEY = MappableSchemas.class.getName();

    private MappableSchemas() {}

    /**
     * The same, reading from these alone.
     *
     * @param schemas empty: any
     */
    public static DSLContext only(Collection<String> schemas, DSLContext dsl) {
        dsl.configuration().data(KEY, Set.copyOf(schemas));
        return dsl;
    }

    /** @throws TableChanged where one of these is of a schema that may not be read from (any more) */
    static void check(DSLContext dsl, List<MappedRows> read) {
        if (dsl.configuration().data(KEY) instanceof Set<?> schemas) {
            var problems =
                    read.stream()
                            .flatMap(rows ->
                                    problem(
                                            rows.mapping().schema(),
                                            schemas,
                                            Place.of(rows.source().name()).then("table"))
                                            .stream())
                            .toList();
            if (!problems.isEmpty()) {
                throw new TableChanged(problems, new IllegalStateException("a closed schema"));
            }
        }
    }

    static Optional<Problem> problem(String schema, Set<?> schemas, Place at) {
        return schemas.isEmpty() || schemas.contains(schema)
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                ProblemCode.MAPPED_TABLE,
                                at,
                                "Tables of the schema %s may not be mapped here; those of %s may (cairn.tables.schemas).",
                                schema,
                                schemas.stream()
                                        .map(String::valueOf)
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
    }
}
