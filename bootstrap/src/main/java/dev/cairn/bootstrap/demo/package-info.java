/** The made-up company: taken in through the same use cases as real facts, or written as files. */
@NullMarked
package dev.cairn.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
