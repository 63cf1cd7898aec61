/** The rules of the code, each checked on Cairn and shown to fail on a fixture that breaks it. */
@NullMarked
package dev.cairn.architecture;

import org.jspecify.annotations.NullMarked;
