/** What ports in both directions share: what passes through, and the failures of what is behind them. */
@NullMarked
package dev.cairn.application.port;

import org.jspecify.annotations.NullMarked;
