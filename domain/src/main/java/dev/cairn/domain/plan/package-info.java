/** The plan of a question and the answer to it. */
@NullMarked
package dev.cairn.domain.plan;

import org.jspecify.annotations.NullMarked;
