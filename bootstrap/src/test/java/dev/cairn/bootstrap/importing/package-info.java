/** Imports that are killed, or whose database is. */
@NullMarked
package dev.cairn.bootstrap.importing;

import org.jspecify.annotations.NullMarked;
