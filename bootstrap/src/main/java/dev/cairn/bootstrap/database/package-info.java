/** The embedded PostgreSQL, for those who have none. */
@NullMarked
package dev.cairn.bootstrap.database;

import org.jspecify.annotations.NullMarked;
