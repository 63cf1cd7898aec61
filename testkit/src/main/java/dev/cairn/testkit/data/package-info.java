/** Facts for tests: generated ones, built ones, real ones. */
@NullMarked
package dev.cairn.testkit.data;

import org.jspecify.annotations.NullMarked;
