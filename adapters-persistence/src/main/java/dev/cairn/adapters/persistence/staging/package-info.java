/** Brings many rows into a table of one transaction, to be merged from there. */
@NullMarked
package dev.cairn.adapters.persistence.staging;

import org.jspecify.annotations.NullMarked;
