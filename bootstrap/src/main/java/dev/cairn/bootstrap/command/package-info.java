/** The command line: one class for each command. */
@NullMarked
package dev.cairn.bootstrap.command;

import org.jspecify.annotations.NullMarked;
