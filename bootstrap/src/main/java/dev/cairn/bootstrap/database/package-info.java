/** The PostgreSQL that Cairn brings along, for those who have none. */
@NullMarked
package dev.cairn.bootstrap.database;

import org.jspecify.annotations.NullMarked;
