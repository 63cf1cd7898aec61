/** A plan as one statement on PostgreSQL, and its rows as the answer. */
@NullMarked
package dev.cairn.adapters.persistence.sql;

import org.jspecify.annotations.NullMarked;
