/** Faults planted in a double of the executor, to see that each is noticed. */
@NullMarked
package dev.cairn.testkit.fault;

import org.jspecify.annotations.NullMarked;
