/** What goes wrong, as GraphQL errors and as data. */
@NullMarked
package dev.cairn.adapters.graphql.problem;

import org.jspecify.annotations.NullMarked;
