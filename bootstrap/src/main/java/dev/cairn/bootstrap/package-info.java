/** Starts Cairn: main class, wiring, configuration, command line. */
@NullMarked
package dev.cairn.bootstrap;

import org.jspecify.annotations.NullMarked;
