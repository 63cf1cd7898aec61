/** Questions as they are written on a command line. */
@NullMarked
package dev.cairn.adapters.terminal.question;

import org.jspecify.annotations.NullMarked;
