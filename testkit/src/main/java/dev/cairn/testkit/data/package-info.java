/** Builders and generators of definitions, accounts, facts and questions; the real data sets, where they are. */
@NullMarked
package dev.cairn.testkit.data;

import org.jspecify.annotations.NullMarked;
