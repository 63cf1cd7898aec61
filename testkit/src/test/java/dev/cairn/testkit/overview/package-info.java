/** What is told of one account, asked of an executor. */
@NullMarked
package dev.cairn.testkit.overview;

import org.jspecify.annotations.NullMarked;
