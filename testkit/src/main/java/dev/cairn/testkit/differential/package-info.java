/** Asks two executors the same generated questions and compares their answers, cell by cell. */
@NullMarked
package dev.cairn.testkit.differential;

import org.jspecify.annotations.NullMarked;
