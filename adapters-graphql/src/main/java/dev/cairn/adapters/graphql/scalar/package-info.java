/** Scalars of the schema: strict in what they take, one form in what they give. */
@NullMarked
package dev.cairn.adapters.graphql.scalar;

import org.jspecify.annotations.NullMarked;
