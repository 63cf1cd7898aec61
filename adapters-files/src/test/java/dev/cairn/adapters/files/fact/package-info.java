/** Tests of reading CSV. */
@NullMarked
package dev.cairn.adapters.files.fact;

import org.jspecify.annotations.NullMarked;
