/** Writes everything a database of Cairn holds to one file, and takes it back. */
@NullMarked
package dev.cairn.adapters.persistence.backup;

import org.jspecify.annotations.NullMarked;
