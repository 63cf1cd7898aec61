/** Deletions: facts and accounts out of every answer, back again, or removed for good. */
@NullMarked
package dev.cairn.adapters.persistence.deletion;

import org.jspecify.annotations.NullMarked;
