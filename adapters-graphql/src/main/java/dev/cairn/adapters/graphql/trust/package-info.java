/** How far sources, and answers that read them, can be trusted. */
@NullMarked
package dev.cairn.adapters.graphql.trust;

import org.jspecify.annotations.NullMarked;
