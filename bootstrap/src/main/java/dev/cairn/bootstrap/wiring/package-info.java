/** Puts the modules together; the only place that knows all of them. */
@NullMarked
package dev.cairn.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
