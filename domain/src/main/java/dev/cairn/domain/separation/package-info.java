/** Whether metrics tell accounts that succeed from those that do not; pure, no I/O, no clock. */
@NullMarked
package dev.cairn.domain.separation;

import org.jspecify.annotations.NullMarked;
