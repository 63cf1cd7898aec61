/** Documents that are asked for by their hash or name instead of being sent. */
@NullMarked
package dev.cairn.adapters.graphql.document;

import org.jspecify.annotations.NullMarked;
