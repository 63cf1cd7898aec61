/** Metrics watched beside their counter-metrics. */
@NullMarked
package dev.cairn.adapters.graphql.guard;

import org.jspecify.annotations.NullMarked;
