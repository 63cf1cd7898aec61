/** The semantic model: sources, fields, entities, slices, units. */
@NullMarked
package dev.cairn.domain.model;

import org.jspecify.annotations.NullMarked;
