/** Scores held against what happened afterwards, and renewals forecast by counting; pure, no I/O, no clock. */
@NullMarked
package dev.cairn.domain.calibration;

import org.jspecify.annotations.NullMarked;
