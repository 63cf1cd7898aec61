/** Everything that is kept in PostgreSQL, reached through jOOQ. */
@NullMarked
package dev.cairn.adapters.persistence;

import org.jspecify.annotations.NullMarked;
