/** What customer-success analytics is made of; pure Java, no I/O, no clock. */
@NullMarked
package dev.cairn.domain;

import org.jspecify.annotations.NullMarked;
