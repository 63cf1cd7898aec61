/** Bindings of Java values to PostgreSQL types, where jOOQ's own lose something. */
@NullMarked
package dev.cairn.adapters.persistence.type;

import org.jspecify.annotations.NullMarked;
