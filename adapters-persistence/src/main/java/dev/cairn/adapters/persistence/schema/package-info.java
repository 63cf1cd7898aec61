/** How the model lies in PostgreSQL: names and types of tables and columns, and what is known of each source. */
@NullMarked
package dev.cairn.adapters.persistence.schema;

import org.jspecify.annotations.NullMarked;
