/** A made-up company whose story is known: what happened to it, as rows of the canonical sources, and what is true of it. */
@NullMarked
package dev.cairn.demo;

import org.jspecify.annotations.NullMarked;
