/** Use cases: what may be asked of Cairn. */
@NullMarked
package dev.cairn.application.port.in;

import org.jspecify.annotations.NullMarked;
