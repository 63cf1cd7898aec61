/** Generated: the tables of the changelog. */
@NullMarked
package dev.cairn.adapters.persistence.generated;

import org.jspecify.annotations.NullMarked;
