/** How requests come in. */
@NullMarked
package dev.cairn.adapters.graphql.http;

import org.jspecify.annotations.NullMarked;
