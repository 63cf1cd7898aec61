/** Support for tests: contracts, a second opinion, generators, databases. */
@NullMarked
package dev.cairn.testkit;

import org.jspecify.annotations.NullMarked;
