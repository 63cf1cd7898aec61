/** Brings the fixed tables to the state this program needs. */
@NullMarked
package dev.cairn.adapters.persistence.migration;

import org.jspecify.annotations.NullMarked;
