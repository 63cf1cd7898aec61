/** A page to ask questions on, in a browser. */
@NullMarked
package dev.cairn.adapters.graphql.graphiql;

import org.jspecify.annotations.NullMarked;
