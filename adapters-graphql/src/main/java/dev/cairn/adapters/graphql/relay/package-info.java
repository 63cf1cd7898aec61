/** Global ids, cursors and pages of lists. */
@NullMarked
package dev.cairn.adapters.graphql.relay;

import org.jspecify.annotations.NullMarked;
