/** What was counted of sources, in PostgreSQL. */
@NullMarked
package dev.cairn.adapters.persistence.trust;

import org.jspecify.annotations.NullMarked;
