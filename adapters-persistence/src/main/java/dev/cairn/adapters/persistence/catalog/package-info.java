/** Keeps definitions, and makes the tables they ask for. */
@NullMarked
package dev.cairn.adapters.persistence.catalog;

import org.jspecify.annotations.NullMarked;
