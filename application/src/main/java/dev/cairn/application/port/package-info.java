/** What ports in both directions share. */
@NullMarked
package dev.cairn.application.port;

import org.jspecify.annotations.NullMarked;
