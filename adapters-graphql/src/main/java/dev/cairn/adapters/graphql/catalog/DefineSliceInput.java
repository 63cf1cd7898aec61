package dev.cairn.adapters.graphql.catalog;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a source or of another slice. */
public record DefineSliceInput(
        String key,
        @Nullable String label,
        @Nullable String summary,
        String source,
        String where,
        @Nullable Boolean validateOnly) {
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
