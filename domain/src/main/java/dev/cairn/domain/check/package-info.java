/** What is wrong with definitions, and which dimensions go with which metrics. */
@NullMarked
package dev.cairn.domain.check;

import org.jspecify.annotations.NullMarked;
