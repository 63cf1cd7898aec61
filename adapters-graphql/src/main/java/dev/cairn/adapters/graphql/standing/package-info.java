/** Targets. */
@NullMarked
package dev.cairn.adapters.graphql.standing;

import org.jspecify.annotations.NullMarked;
