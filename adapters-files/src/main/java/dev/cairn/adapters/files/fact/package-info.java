/** Records of files, as CSV or NDJSON: read one by one, in constant memory. */
@NullMarked
package dev.cairn.adapters.files.fact;

import org.jspecify.annotations.NullMarked;
