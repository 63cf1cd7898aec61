/** Questions that stay answered. */
@NullMarked
package dev.cairn.adapters.graphql.live;

import org.jspecify.annotations.NullMarked;
