package dev.cairn.domain.formula;

import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Steps;
import dev.cairn.domain.formula.RelationClause.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads relations: heads with their clauses, and the derived ones. */
final class RelationParser {
    private static final String STEPS =
            "A sequence says within what time, and of what: a -> b within 14 days per account.";
    private static final String TOUCH =
            "A touch says which rows come after which, and of what: touch(invoice after click per account).";
    private static final String CHANGES =
            "Changes are of a field, and of what: changes(subscription.mrr per account).";

    private static final int MOST_STEPS = 50;

    /** Fields that all rows have in common, and relations that an attempt must not have. */
    private static final int MOST_BESIDE = 20;

    private static final Set<String> HEADS = Set.of("every", "steps", "touch", "changes");

    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final TimeParser times;

    RelationParser(TokenReader reader, ExpressionParser expressions, TimeParser times) {
        this.reader = reader;
        this.expressions = expressions;
        this.times = times;
    }

    /** {@code relation = head clauses}. */
    RelationClause relation() {
        var start = reader.start();
        var relation =
                reader.descend()
                        ? clauses(head(), start)
                        : new RelationClause(
                                new Head.Named(
                                        new Formula.Path(List.of(""), start),
                                        null,
                                        List.of(),
                                        start),
                                null,
                                null,
                                null,
                                start);
        reader.ascend();
        return relation;
    }

    private Head head() {
        var start = reader.start();
        var grain = times.acceptGrain();
        if (grain != null) {
            return new Head.EachGrain(grain, reader.since(start));
        }
        if (reader.sees("every")) {
            reader.advance();
            return new Head.Every(times.span(), reader.since(start));
        }
        if (reader.seesNext("(")) {
            var derived = derived(start);
            if (derived != null) {
                return derived;
            }
        }
        return named(start);
    }

    private @Nullable Head derived(Span start) {
        if (reader.sees("steps")) {
            reader.advance();
            int open = reader.open();
            var steps = steps();
            reader.close(open);
            return new Head.StepsHead(steps, reader.since(start));
        }
        if (reader.sees("touch")) {
            return touch(start);
        }
        return reader.sees("changes") ? changes(start) : null;
    }

    private Head named(Span start) {
        var unit = times.seenUnit();
        if (unit != null && unit != TimeSpan.Unit.MINUTE) {
            reader.expecting("a relation", Set.of());
            reader.failWith(
                    "Each %1$s of the window is written '%1$s'."
                            .formatted(FormulaPrinter.word(unit)));
        }
        reader.expecting("a relation", HEADS);
        return linked(times.path("a relation"), start);
    }

    /** What stands after the path of a head. */
    Head.Named linked(Formula.Path path, Span start) {
        var via = reader.accept("via") ? times.path() : null;
        var by = reader.accept("by") ? times.paths() : List.<Formula.Path>of();
        return new Head.Named(path, via, by, reader.since(start));
    }

    /** The clauses after a head; {@code start} is where the relation begins. */
    RelationClause clauses(Head head, Span start) {
        var timing = timing();
        var where = reader.accept("where") ? expressions.expression() : null;
        var weight = reader.accept("weight") ? expressions.sum() : null;
        refuseDisorder(timing, where, weight);
        return new RelationClause(head, timing, where, weight, reader.since(start));
    }

    private void refuseDisorder(
            @Nullable Timing timing, @Nullable Formula where, @Nullable Formula weight) {
        boolean clause =
                Set.of("on", "at", "during", "where", "weight").stream().anyMatch(reader::sees);
        if (clause && (timing != null || where != null || weight != null)) {
            reader.failWith(
                    "Each clause stands once, in this order: on, at or during; where; weight.");
        }
    }

    private @Nullable Timing timing() {
        var start = reader.start();
        if (reader.accept("on")) {
            return new Timing.On(reader.name("a time field"), reader.since(start));
        }
        if (reader.accept("at")) {
            return new Timing.At(times.validAt(), reader.since(start));
        }
        return reader.accept("during") ? new Timing.During(reader.since(start)) : null;
    }

    private Head touch(Span start) {
        reader.advance();
        int open = reader.open();
        var later = relation();
        reader.expect("after", TOUCH);
        var earlier = relation();
        var within = reader.accept("within") ? times.span() : null;
        reader.expect("per", TOUCH);
        var per = reader.name("an entity");
        var same = same();
        reader.close(open);
        return new Head.Touch(later, earlier, within, per, same, reader.since(start));
    }

    private Head changes(Span start) {
        reader.advance();
        int open = reader.open();
        var value = times.path();
        if (value.names().size() < 2) {
            reader.expect(".", CHANGES);
        }
        var gap = reader.accept("gap") ? times.span() : null;
        reader.expect("per", CHANGES);
        var per = reader.name("an entity");
        reader.close(open);
        return new Head.Changes(value, gap, per, reader.since(start));
    }

    /** What stands inside {@code steps(...)} and {@code conversion(...)}. */
    Steps steps() {
        var steps = new ArrayList<>(List.of(relation()));
        if (!reader.accept("->")) {
            reader.failWith("A sequence has two steps or more: a -> b within 14 days per account.");
        }
        do {
            steps.add(relation());
        } while (reader.accept("->"));
        if (steps.size() > MOST_STEPS) {
            reader.tooMany("A sequence", MOST_STEPS, "steps", steps.get(MOST_STEPS).span());
        }
        reader.expect("within", STEPS);
        var within = times.span();
        boolean inclusive = reader.accept("inclusive");
        reader.expect("per", STEPS);
        var per = reader.name("an entity");
        boolean first = reader.accept("first");
        var attempt = !first && reader.accept("any") ? Steps.Attempt.ANY : Steps.Attempt.FIRST;
        boolean strict = reader.accept("strict");
        boolean unordered = !strict && reader.accept("unordered");
        var same = same();
        var without = new ArrayList<Steps.Without>();
        while (reader.accept("without")) {
            without.add(without());
        }
        if (without.size() > MOST_BESIDE) {
            var more = without.get(MOST_BESIDE).relation().span();
            reader.tooMany("A sequence", MOST_BESIDE, "times 'without'", more);
        }
        boolean withPending = reader.acceptWord("with");
        if (withPending && !reader.acceptWord("pending")) {
            reader.fail();
        }
        return new Steps(
                steps,
                within,
                inclusive,
                per,
                attempt,
                order(strict, unordered),
                same,
                without,
                withPending);
    }

    private List<Formula.Path> same() {
        var same = reader.accept("same") ? times.paths() : List.<Formula.Path>of();
        if (same.size() > MOST_BESIDE) {
            reader.tooMany("'same'", MOST_BESIDE, "fields", same.get(MOST_BESIDE).span());
        }
        return same;
    }

    private Steps.Without without() {
        var relation = relation();
        if (!reader.acceptWord("between")) {
            return new Steps.Without(relation, null);
        }
        int from = times.stepNumber();
        reader.expect("and");
        return new Steps.Without(relation, new Steps.Between(from, times.stepNumber()));
    }

    private static Steps.Order order(boolean strict, boolean unordered) {
        if (strict) {
            return Steps.Order.STRICT;
        }
        return unordered ? Steps.Order.UNORDERED : Steps.Order.LOOSE;
    }
}
