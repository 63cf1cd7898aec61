/** An immutable snapshot of all definitions in force. */
@NullMarked
package dev.cairn.domain.catalog;

import org.jspecify.annotations.NullMarked;
