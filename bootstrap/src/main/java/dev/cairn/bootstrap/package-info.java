/** Starts Cairn: main class, wiring, configuration, and the command that everything is started by. */
@NullMarked
package dev.cairn.bootstrap;

import org.jspecify.annotations.NullMarked;
