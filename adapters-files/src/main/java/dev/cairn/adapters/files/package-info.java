/** Definitions and facts as files. */
@NullMarked
package dev.cairn.adapters.files;

import org.jspecify.annotations.NullMarked;
