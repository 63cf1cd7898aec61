/** The command {@code cairn}: what starts it, and the commands about how it runs. */
@NullMarked
package dev.cairn.bootstrap.command;

import org.jspecify.annotations.NullMarked;
