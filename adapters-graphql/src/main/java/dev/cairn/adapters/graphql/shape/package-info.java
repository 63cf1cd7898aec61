/** Questions of fixed shape. */
@NullMarked
package dev.cairn.adapters.graphql.shape;

import org.jspecify.annotations.NullMarked;
