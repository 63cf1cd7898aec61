/** Turns a question into a plan, and the answer into a result; pure, no I/O, no clock. */
@NullMarked
package dev.cairn.domain.planner;

import org.jspecify.annotations.NullMarked;
