/** What was done is written down, whoever did it and how. */
@NullMarked
package dev.cairn.bootstrap.audit;

import org.jspecify.annotations.NullMarked;
