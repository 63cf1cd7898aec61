/** Why a value moved. */
@NullMarked
package dev.cairn.adapters.graphql.why;

import org.jspecify.annotations.NullMarked;
