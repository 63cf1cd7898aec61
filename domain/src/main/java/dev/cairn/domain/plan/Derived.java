package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Rows that are made of facts of one or several sources: each is a fact of one of them, with fields of its own beside those of the fact, or is of several at once
 * ({@link Changes}). Everything that works on facts works on them.
 */
public sealed interface Derived permits Attempts, Touches, Changes {
    /** What their own fields are fields of: no source has these names. */
    Set<String> SOURCES = Set.of(Attempts.SOURCE, Touches.SOURCE, Changes.SOURCE);

    /** The sources that are read. */
    List<Attempts.Input> inputs();

    /** What a row has, beside the fields of the fact. */
    List<Expr.Field> fields();

    /** Whether a row has a field beside those of the fact. */
    boolean has(Expr.Field field);

    /** Those of its own fields, and of the fact, that a row always has. */
    List<Expr.Field> neverEmpty();

    /** The same, of other expressions. */
    Derived of(UnaryOperator<Expr> other);

    /**
     * The same, with what a question asks of the rows of each input besides.
     *
     * @param conditions one for each input; empty where the question asks of the rows that are made of them
     */
    Derived asking(List<Expr> conditions);

    /** The same, where what the rows do not stand at is read in another time, by its number. */
    Derived besides(IntUnaryOperator other);

    /** What rows that stand at one fact are ordered by. */
    List<Expr.Field> orderOfOneFact();

    /** What is read of the facts that they are made of. */
    Stream<Expr> expressions();

    /**
     * What decides a leaf.
     *
     * @param reach that of the rows
     */
    Stream<Read> reads(int reach);

    /** Whether it is a field of rows that are made, and of no fact. */
    static boolean isOwn(Expr.Field field) {
        return SOURCES.contains(field.source());
    }
}
