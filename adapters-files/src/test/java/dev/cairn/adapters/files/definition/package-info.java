/** Tests of reading and writing definitions. */
@NullMarked
package dev.cairn.adapters.files.definition;

import org.jspecify.annotations.NullMarked;
