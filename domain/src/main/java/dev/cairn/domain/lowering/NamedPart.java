package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a score adds to it.
 *
 * @param name null where it has none
 * @param contribution empty where the part has no value, and where the score has none; all together are the score
 */
public record NamedPart(@Nullable String name, Expr contribution) {}
