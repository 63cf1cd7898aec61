/** How values of Java get into PostgreSQL and back where jOOQ's own way loses something. */
@NullMarked
package dev.cairn.adapters.persistence.type;

import org.jspecify.annotations.NullMarked;
