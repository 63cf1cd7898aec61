/** Access scopes: who may see what. */
@NullMarked
package dev.cairn.adapters.graphql.scope;

import org.jspecify.annotations.NullMarked;
