/** What customers without a contract are expected to buy and to be worth, by models of published papers; pure arithmetic. */
@NullMarked
package dev.cairn.domain.prediction;

import org.jspecify.annotations.NullMarked;
