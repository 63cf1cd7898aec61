/** Definitions as they are stored, for whoever writes beneath them. */
@NullMarked
package dev.cairn.adapters.persistence.definition;

import org.jspecify.annotations.NullMarked;
