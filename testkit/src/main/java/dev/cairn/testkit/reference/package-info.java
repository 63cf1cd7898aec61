/** Executes plans in memory, the slow and obvious way: a second opinion that shares no code with any other executor. */
@NullMarked
package dev.cairn.testkit.reference;

import org.jspecify.annotations.NullMarked;
