/** Everything that can be wrong with a request, as values. */
@NullMarked
package dev.cairn.domain.problem;

import org.jspecify.annotations.NullMarked;
