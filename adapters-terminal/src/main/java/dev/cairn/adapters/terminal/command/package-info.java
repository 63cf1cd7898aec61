/** The commands of {@code cairn} that ask and change what it holds: each reads its words, calls one use case, and says what came of it. */
@NullMarked
package dev.cairn.adapters.terminal.command;

import org.jspecify.annotations.NullMarked;
