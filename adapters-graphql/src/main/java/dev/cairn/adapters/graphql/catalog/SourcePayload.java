package dev.cairn.adapters.graphql.catalog;

import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.domain.problem.ProblemDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of the source that was made, and what became of its stored rows; or the reasons why not.
 *
 * @param rowsRedone at most what an Int holds
 */
public record SourcePayload(
        @Nullable String source,
        int rowsRedone,
        List<String> fieldsUnread,
        List<ProblemDetails> problems) {
    static SourcePayload of(Change change, boolean isCheck) {
        return new SourcePayload(
                isCheck ? null : change.name(),
                Math.clamp(change.redone() + change.leftOut(), 0, Integer.MAX_VALUE),
                change.unread(),
                List.of());
    }

    static SourcePayload refused(List<ProblemDetails> problems) {
        return new SourcePayload(null, 0, List.of(), problems);
    }
}
