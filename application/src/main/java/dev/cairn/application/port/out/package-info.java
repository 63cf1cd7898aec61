/** What Cairn needs from outside. */
@NullMarked
package dev.cairn.application.port.out;

import org.jspecify.annotations.NullMarked;
