/** Bounds on what one request may cost. */
@NullMarked
package dev.cairn.adapters.graphql.limit;

import org.jspecify.annotations.NullMarked;
