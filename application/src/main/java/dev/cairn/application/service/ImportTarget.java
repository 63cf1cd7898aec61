package dev.cairn.application.service;

import dev.cairn.application.port.in.ImportUseCase.Left;
import dev.cairn.application.port.in.ImportUseCase.Similar;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.application.service.RowReader.Row;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.TextRule;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the rows of an import go. */
interface ImportTarget extends AutoCloseable {
    /** Longest key of an account or user: more does not fit an index. */
    int LONGEST_KEY = 500;

    /** Takes the row in, unless it is refused. */
    Row add(List<@Nullable String> cells);

    /** Whether an interrupted import has stored the last row already. */
    boolean isSkipping();

    /** @param isTrial tells what would come of it, and leaves everything as it is */
    Loaded commit(boolean isTrial);

    /** Keys of accounts and users among the rows that differ from each other by blanks, case or zeros before a number only. */
    List<Similar> similar();

    /** Attributes that the file has a column for; none of facts. */
    default List<String> taken() {
        return List.of();
    }

    /** Attributes that it has none for. */
    default List<Left> left() {
        return List.of();
    }

    /**
     * Columns of attributes that were met too late to be taken.
     *
     * @param columns all of the file
     */
    default List<Problem> late(List<String> columns) {
        return List.of();
    }

    /** Name in the file of the column with the keys of accounts or of users. */
    String column(EntityRef entity);

    @Override
    void close();

    /** Why a text cannot be a key; null where it can. */
    static @Nullable String refusal(@Nullable String key) {
        if (key == null) {
            return null;
        }
        return key.length() > LONGEST_KEY
                ? "a key has at most %d characters".formatted(LONGEST_KEY)
                : TextRule.objection(key).map(objection -> "there is " + objection).orElse(null);
    }
}
