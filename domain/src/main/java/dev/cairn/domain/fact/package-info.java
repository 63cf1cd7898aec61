/** Facts as they come in: raw text read as typed values, and keys as text. */
@NullMarked
package dev.cairn.domain.fact;

import org.jspecify.annotations.NullMarked;
