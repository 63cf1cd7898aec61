/** Who asks: from the request to the controllers. */
@NullMarked
package dev.cairn.adapters.graphql.caller;

import org.jspecify.annotations.NullMarked;
