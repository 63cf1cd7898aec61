/** Who asks, where people and programs have to sign in: keys of Cairn, tokens of an OpenID Connect provider. */
@NullMarked
package dev.cairn.adapters.graphql.signin;

import org.jspecify.annotations.NullMarked;
