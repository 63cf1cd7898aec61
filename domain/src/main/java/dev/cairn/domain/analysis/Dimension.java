package dev.cairn.domain.analysis;

import dev.cairn.domain.analysis.AnalysisResult.ValueType;

/**
 * Something to group or filter by.
 *
 * @param key its name in full, as a question writes it
 */
public record Dimension(String key, String label, ValueType valueType) {}
