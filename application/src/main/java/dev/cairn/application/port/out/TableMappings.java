package dev.cairn.application.port.out;

import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Looks at the tables of their own that sources are mapped on. */
public interface TableMappings {
    /** Where no source is mapped. */
    TableMappings NONE = (_, _) -> List.of();

    /**
     * What of a table is not as the declaration of its source says: it or a column is not there, or may not be read, a column is of a type that no value of its field
     * comes from, two rows have one key. All of it, with near names.
     *
     * @param place of the source
     */
    List<Problem> problems(MappedRows rows, Place place);

    /** The same at its own place. */
    default List<Problem> problems(MappedRows rows) {
        Source source = rows.source();
        return problems(rows, Place.of(source.name()));
    }
}
