/** GraphQL over a socket, by the protocol graphql-transport-ws. */
@NullMarked
package dev.cairn.adapters.graphql.socket;

import org.jspecify.annotations.NullMarked;
