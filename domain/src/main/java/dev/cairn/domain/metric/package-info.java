/** Named, versioned formulas and what is said about them. */
@NullMarked
package dev.cairn.domain.metric;

import org.jspecify.annotations.NullMarked;
