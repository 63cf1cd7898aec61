package dev.cairn.application.port.out;

import dev.cairn.application.port.StoreFailed;
import dev.cairn.domain.trust.SourceFigures;

/** Keeps what was counted last of the trust of each source, for processes that come later. All of it may be lost: it is counted again. */
public interface SourceCounts {
    /** Keeps nothing. */
    SourceCounts NONE =
            new SourceCounts() {
                @Override
                public Found find(String source, String basis) {
                    return new Found.Nothing();
                }

                @Override
                public void keep(String source, String basis, SourceFigures figures) {}

                @Override
                public void takesLong(String source, String basis) {}
            };

    /** What is known of a count. */
    sealed interface Found {
        /** It was not begun, as far as is known. */
        record Nothing() implements Found {}

        /** It was begun, and no answer need wait for it again. */
        record TakesLong() implements Found {}

        record Counted(SourceFigures figures) implements Found {}
    }

    /**
     * @param basis what the count rests on, in a form that is the same in each process
     * @throws StoreFailed where it cannot be read now
     */
    Found find(String source, String basis);

    /**
     * Keeps a count in place of the last one.
     *
     * @throws StoreFailed where it cannot be kept now
     */
    void keep(String source, String basis, SourceFigures figures);

    /**
     * Keeps that a count takes longer than answers wait, unless it has ended.
     *
     * @throws StoreFailed where it cannot be kept now
     */
    void takesLong(String source, String basis);
}
