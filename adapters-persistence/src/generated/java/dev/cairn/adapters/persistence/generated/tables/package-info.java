/** Generated: the tables of the changelog. */
@NullMarked
package dev.cairn.adapters.persistence.generated.tables;

import org.jspecify.annotations.NullMarked;
