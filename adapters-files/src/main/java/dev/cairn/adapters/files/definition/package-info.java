/** Definitions as YAML: files to drafts with every problem in its place, and back. */
@NullMarked
package dev.cairn.adapters.files.definition;

import org.jspecify.annotations.NullMarked;
