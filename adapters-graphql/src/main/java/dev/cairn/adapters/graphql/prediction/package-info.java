/** What accounts are expected to buy. */
@NullMarked
package dev.cairn.adapters.graphql.prediction;

import org.jspecify.annotations.NullMarked;
