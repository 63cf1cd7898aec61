/** The face of Cairn: questions and definitions over GraphQL. */
@NullMarked
package dev.cairn.adapters.graphql;

import org.jspecify.annotations.NullMarked;
