package dev.cairn.adapters.graphql.catalog;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a source or of another slice. */
public record DefineSliceInput(
        String key,
        @Nullable String label,
        @Nullable String summary,
        String source,
        String where,
        @Nullable Boolean validateOnly) {
    /** Where parts of the definition stand here, if not under the same name. */
    static final Map<String, List<String>> PARTS =
            Map.of("name", List.of("key"), "of", List.of("source"));

    Slice toDomain() {
        return new Slice(
                key, label == null ? key : label, summary == null ? "" : summary, source, where);
    }

    boolean isCheck() {
        return validateOnly != null && validateOnly;
    }

    Request toRequest() {
        return new Request(List.of(new Draft(toDomain(), Place.NOWHERE)), false, isCheck());
    }
}
