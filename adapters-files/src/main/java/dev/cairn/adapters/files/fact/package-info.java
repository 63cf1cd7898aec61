/** Facts as CSV: read record by record, in constant memory. */
@NullMarked
package dev.cairn.adapters.files.fact;

import org.jspecify.annotations.NullMarked;
