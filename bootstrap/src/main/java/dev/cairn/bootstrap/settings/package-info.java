/** What can be set, what was set where, and what is wrong with it. */
@NullMarked
package dev.cairn.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
