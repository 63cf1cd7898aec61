/** Checks whether Cairn can work here, and changes nothing. */
@NullMarked
package dev.cairn.bootstrap.doctor;

import org.jspecify.annotations.NullMarked;
