/** What ports in both directions share: the types that pass through, and the failures of stores and engines. */
@NullMarked
package dev.cairn.application.port;

import org.jspecify.annotations.NullMarked;
