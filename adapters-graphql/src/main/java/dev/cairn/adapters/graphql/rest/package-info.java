/** Questions and answers as plain JSON, for whoever does not speak GraphQL: the same fields, limits and authority. */
@NullMarked
package dev.cairn.adapters.graphql.rest;

import org.jspecify.annotations.NullMarked;
