package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;

/** An answer in a fixed shape. */
@FunctionalInterface
public interface Shaped {
    /** The same as a table. */
    AnalysisResult table();
}
