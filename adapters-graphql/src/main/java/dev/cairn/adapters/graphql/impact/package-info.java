/** What came of a change. */
@NullMarked
package dev.cairn.adapters.graphql.impact;

import org.jspecify.annotations.NullMarked;
