/** Generators of worlds, formulas and questions, from a seed. */
@NullMarked
package dev.cairn.testkit.generator;

import org.jspecify.annotations.NullMarked;
