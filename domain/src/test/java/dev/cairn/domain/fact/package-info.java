/** Tests of reading raw text. */
@NullMarked
package dev.cairn.domain.fact;

import org.jspecify.annotations.NullMarked;
