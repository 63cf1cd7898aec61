/**
 * A third opinion: answers a question from its text and the facts alone, the slow obvious way, by what the language page says. It shares nothing with the
 * planner, the executors and the assembly of results, so that what those agree on wrongly is noticed.
 */
@NullMarked
package dev.cairn.testkit.opinion;

import org.jspecify.annotations.NullMarked;
