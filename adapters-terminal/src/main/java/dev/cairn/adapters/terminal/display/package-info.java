/** Answers as a terminal or a program that reads one shows them: tables, plots, CSV, JSON. */
@NullMarked
package dev.cairn.adapters.terminal.display;

import org.jspecify.annotations.NullMarked;
