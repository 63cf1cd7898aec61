/** What those who run Cairn see of its work: slow requests, measurements, traces. Never what was asked or answered. */
@NullMarked
package dev.cairn.bootstrap.observation;

import org.jspecify.annotations.NullMarked;
