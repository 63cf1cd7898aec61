/** Saved questions that are published as views. */
@NullMarked
package dev.cairn.testkit.face;

import org.jspecify.annotations.NullMarked;
