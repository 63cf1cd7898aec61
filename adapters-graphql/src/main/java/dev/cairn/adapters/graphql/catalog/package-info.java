/** Metrics and dimensions, and how definitions are made. */
@NullMarked
package dev.cairn.adapters.graphql.catalog;

import org.jspecify.annotations.NullMarked;
