/** What every adapter of an out-port must do: contracts by topic, as tests to inherit. */
@NullMarked
package dev.cairn.testkit.contract;

import org.jspecify.annotations.NullMarked;
