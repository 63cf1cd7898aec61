/** Questions and their answers. */
@NullMarked
package dev.cairn.adapters.graphql.analysis;

import org.jspecify.annotations.NullMarked;
