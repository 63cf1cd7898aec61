/** What was done, in PostgreSQL. */
@NullMarked
package dev.cairn.adapters.persistence.audit;

import org.jspecify.annotations.NullMarked;
