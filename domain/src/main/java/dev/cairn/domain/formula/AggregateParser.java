package dev.cairn.domain.formula;

import dev.cairn.domain.formula.RelationClause.Head;
import java.util.ArrayList;
import java.util.List;

/** Reads what takes relations: aggregates, {@code survival} and {@code conversion}. */
final class AggregateParser {
    private static final String SURVIVAL =
            "It is the time by which a share has ended: survival(account : started_on -> ended_on, 0.5).";

    private static final String FORM =
            "An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).";

    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final TimeParser times;
    private final RelationParser relations;

    AggregateParser(TokenReader reader, ExpressionParser expressions, TimeParser times) {
        this.reader = reader;
        this.expressions = expressions;
        this.times = times;
        this.relations = new RelationParser(reader, expressions, times);
    }

    /** {@code agg "(" (relation [":" formula] | name "." path clauses) ")"}, standing at its word. */
    Formula aggregate(AggregateFunction function) {
        var start = reader.start();
        reader.advance();
        int open = reader.open();
        boolean shortForm =
                reader.current() instanceof Token.Name
                        && reader.seesNext(".")
                        && !times.seesGrain();
        var aggregate = shortForm ? shortForm(function, start) : longForm(function, start);
        reader.close(open);
        return new Formula.Aggregate(
                function, aggregate.relation(), aggregate.value(), reader.since(start));
    }

    private Formula.Aggregate longForm(AggregateFunction function, Span start) {
        if (reader.current() instanceof Token.Symbol || reader.current() instanceof Token.Literal) {
            reader.expecting("a relation", List.of());
            reader.failWith(FORM);
        }
        var relation = relations.relation();
        if (reader.accept(":")) {
            return new Formula.Aggregate(function, relation, expressions.formula(), start);
        }
        refuseOperator();
        return new Formula.Aggregate(function, relation, null, start);
    }

    /**
     * {@code sum(invoice.amount where paid)}: the first name is the relation, and all of them are the value, in full. With {@code via}, {@code by}
     * or a value after ':' they are a link: {@code sum(line.product : price)}.
     */
    private Formula.Aggregate shortForm(AggregateFunction function, Span start) {
        var headStart = reader.start();
        var owner = new Formula.Path(List.of(reader.name("a relation")), headStart);
        reader.expect(".");
        var field = times.path();
        var names = new ArrayList<>(owner.names());
        names.addAll(field.names());
        var link = relations.linked(new Formula.Path(names, field.span()), headStart);
        boolean isLink = link.via() != null || !link.by().isEmpty();
        var relation =
                relations.clauses(new Head.Named(owner, null, List.of(), headStart), headStart);
        boolean hasValue = reader.accept(":");
        if (isLink || hasValue) {
            return new Formula.Aggregate(
                    function,
                    new RelationClause(
                            link,
                            relation.timing(),
                            relation.where(),
                            relation.weight(),
                            relation.span()),
                    hasValue ? expressions.formula() : null,
                    start);
        }
        refuseOperator();
        return new Formula.Aggregate(function, relation, link.path(), start);
    }

    private void refuseOperator() {
        if (reader.current() instanceof Token.Symbol(var symbol, _) && !symbol.equals(")")) {
            reader.failWith(FORM);
        }
    }

    /** {@code survival(relation : start -> end, number)}. */
    Formula survival() {
        var start = reader.start();
        reader.expect("survival");
        int open = reader.open();
        var relation = relations.relation();
        reader.expect(":", SURVIVAL);
        var from = expressions.expression();
        reader.expect("->", SURVIVAL);
        var to = expressions.expression();
        reader.expect(",", SURVIVAL);
        var at = times.number();
        reader.close(open);
        return new Formula.Survival(relation, from, to, at, reader.since(start));
    }

    Formula conversion() {
        var start = reader.start();
        reader.expect("conversion");
        int open = reader.open();
        var steps = relations.steps();
        reader.close(open);
        return new Formula.Conversion(steps, reader.since(start));
    }
}
