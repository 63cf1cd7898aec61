package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * A value that a question, or a formula of a company's own, gives to a parameter of a metric.
 *
 * @param value as text, as a parameter's default is written
 */
public record GivenValue(String metric, String parameter, String value) {
    static GivenValue of(String metric, String parameter, Expr.Literal literal) {
        var value =
                literal.value() instanceof BigDecimal number
                        ? number.toPlainString()
                        : Objects.toString(literal.value());
        return new GivenValue(metric, parameter, value);
    }
}
