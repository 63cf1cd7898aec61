/** A small made-up company, so that there is something to ask on the first day. */
@NullMarked
package dev.cairn.bootstrap.sample;

import org.jspecify.annotations.NullMarked;
