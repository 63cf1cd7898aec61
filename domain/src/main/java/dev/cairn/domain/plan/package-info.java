/** Turns a question into a plan; pure, no I/O, no clock. */
@NullMarked
package dev.cairn.domain.plan;

import org.jspecify.annotations.NullMarked;
