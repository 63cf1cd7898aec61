/** What the columns of a file may be: types, notations and keys that fit all their values. */
@NullMarked
package dev.cairn.domain.inference;

import org.jspecify.annotations.NullMarked;
