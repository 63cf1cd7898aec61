package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Cohort;
import dev.cairn.testkit.opinion.Definitions.Level;
import dev.cairn.testkit.opinion.Definitions.Placed;
import dev.cairn.testkit.opinion.PlainCoverage.Read;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which facts a formula reads in which stretches of time: for its rows, and for each of them. */
final class Reads {
    private final Definitions definitions;
    private final PlainFacts facts;
    private final PlainWindows windows;

    /** What the question reads for each row, whatever is asked: its formula, filter and cohort. */
    private final List<Sentence> ofQuestion;

    /** And its keys, which the rows of totals do not have. */
    private final List<Sentence> ofKeys;

    Reads(
            Definitions definitions,
            PlainFacts facts,
            PlainWindows windows,
            List<Sentence> ofQuestion,
            List<Sentence> ofKeys) {
        this.definitions = definitions;
        this.facts = facts;
        this.windows = windows;
        this.ofQuestion = ofQuestion;
        this.ofKeys = ofKeys;
    }

    private Set<Read> of(List<Placed> leaves) {
        var reads = new LinkedHashSet<Read>();
        for (var leaf : leaves) {
            reads.addAll(ofRows(leaf.aggregate(), leaf.when()));
            reads.addAll(
                    ofEach(definitions.beneath(leaf.aggregate()), leaf.aggregate(), leaf.cell()));
        }
        return reads;
    }

    /** Why the value of a formula in a cell may still change, judged by the buckets that it reads. */
    Set<Incomplete> incomplete(Sentence of, Context.OfCell cell) {
        var leaves = leaves(of, cell);
        var reasons = EnumSet.noneOf(Incomplete.class);
        var reads = of(leaves);
        reasons.addAll(facts.coverage().incomplete(reads));
        if (cell.bucket().cut()) {
            reasons.add(Incomplete.CUT_BY_RANGE);
        }
        boolean isOver =
                leaves.isEmpty()
                        ? facts.coverage().isOver(cell.bucket())
                        : leaves.stream()
                                .allMatch(leaf -> facts.coverage().isOver(leaf.when().bucket()));
        if (!isOver || !reads.stream().allMatch(read -> facts.coverage().isOver(read.hand()))) {
            reasons.add(Incomplete.BUCKET_NOT_OVER);
        }
        return reasons;
    }

    /** The aggregates of a formula of a cell, and the cell of each. */
    List<Placed> leaves(Sentence of, Context.OfCell cell) {
        return switch (of) {
            case Sentence.Aggregate aggregate -> List.of(new Placed(aggregate, cell));
            case Sentence.Name name ->
                    definitions
                            .metric(name, Level.CELL)
                            .map(found -> leaves(found, cell))
                            .orElse(List.of());
            default ->
                    Definitions.parts(of).stream()
                            .flatMap(part -> leaves(part, cell.beneath(of, windows)).stream())
                            .toList();
        };
    }

    /** The facts that are the rows. */
    private Set<Read> ofRows(Sentence.Aggregate aggregate, When when) {
        var source = definitions.relation(aggregate.relation()).source();
        var reads = new LinkedHashSet<Read>();
        if (source != null) {
            var edge = edge(aggregate);
            reads.add(
                    new Read(
                            facts.times(source, aggregate, definitions.valid(aggregate)),
                            edge == null ? windows.stretch(when) : windows.edge(edge, when),
                            edge == null
                                    ? windows.stretchOnceOver(when)
                                    : windows.edgeOnceOver(edge, when),
                            when.hand(),
                            when.mustBeOver(),
                            edge));
        }
        return reads;
    }

    /** At which rows must hold; null: they are placed by a time, or hold at some time. */
    private Sentence.@Nullable Moment edge(Sentence.Aggregate aggregate) {
        var valid = definitions.valid(aggregate);
        return valid == null || valid.word().equals("during") ? null : valid;
    }

    /** The facts that are read for each row. */
    private Set<Read> ofEach(
            List<Sentence> parts, Sentence.Aggregate aggregate, Context.OfCell cell) {
        var when = cell.when();
        var level = definitions.below(definitions.relation(aggregate.relation()));
        var reads = new LinkedHashSet<Read>();
        var rule = instantOfRules(aggregate, cell);
        parts.forEach(part -> through(part, level, when, rule, reads));
        var all = new ArrayList<>(cell.only());
        all.addAll(ofQuestion);
        if (cell.total() || !cell.group().stream().allMatch(GroupValue.TOTAL::equals)) {
            all.addAll(ofKeys);
        }
        all.forEach(part -> through(part, level, when.over(null), rule, reads));
        return reads;
    }

    /** When cohorts by rules are read, which is when attributes are; null: of what happened at the end of the bucket. */
    private @Nullable When instantOfRules(Sentence.Aggregate aggregate, Context.OfCell cell) {
        var valid = definitions.valid(aggregate);
        var edge =
                switch (cell.sense()) {
                    case FACT -> null;
                    case START -> new Sentence.Moment("start", null);
                    case END -> Moments.END;
                };
        return edge == null
                ? null
                : windows.instantOf(
                        valid != null && valid.word().equals("at") ? valid : edge, cell.when());
    }

    /** @param rule when cohorts by rules are read; null: at the end of the bucket */
    private void through(
            Sentence part, Level level, When when, @Nullable When rule, Set<Read> reads) {
        switch (part) {
            case Sentence.Aggregate aggregate -> reads.addAll(ofMember(aggregate, when, rule));
            case Sentence.Per(var inside) -> through(inside, Level.ACCOUNT, when, rule, reads);
            case Sentence.Name name ->
                    definitions
                            .metric(name, level)
                            .ifPresent(found -> through(found, level, when, rule, reads));
            case Sentence.Over(var of, Sentence.Window.OfEach(_, _, var time)) -> {
                through(time, level, when, rule, reads);
                throughRules(of, level, when, rule, reads);
            }
            case Sentence.InRule(var of) -> {
                var instant = rule == null ? windows.instantOf(when) : rule;
                through(of, Level.ACCOUNT, instant, rule, reads);
            }
            case Sentence.InCohort(var cohort, var moment) -> {
                if (definitions.cohort(cohort).members() instanceof Cohort.Members.Rule(var of)) {
                    var instant = moment == null ? rule : windows.instantOf(moment, when);
                    var read = new Sentence.InRule(SentenceReader.read(of));
                    through(read, level, when, instant, reads);
                }
            }
            default ->
                    Definitions.parts(part)
                            .forEach(inside ->
                                    through(
                                            inside,
                                            level,
                                            windows.beneath(part, when),
                                            rule,
                                            reads));
        }
    }

    /** Of what is read in the window of each only the cohorts: they are those of the bucket. */
    private void throughRules(
            Sentence part, Level level, When when, @Nullable When rule, Set<Read> reads) {
        switch (part) {
            case Sentence.InRule _, Sentence.InCohort _ -> through(part, level, when, rule, reads);
            case Sentence.Name name ->
                    definitions
                            .metric(name, level)
                            .ifPresent(found -> throughRules(found, level, when, rule, reads));
            case Sentence.Aggregate aggregate -> {
                var below = definitions.below(definitions.relation(aggregate.relation()));
                definitions
                        .beneath(aggregate)
                        .forEach(inside -> throughRules(inside, below, when, rule, reads));
            }
            default ->
                    Definitions.parts(part)
                            .forEach(inside -> throughRules(inside, level, when, rule, reads));
        }
    }

    /** The question's own conditions are those of the outermost rows. */
    private Set<Read> ofMember(Sentence.Aggregate aggregate, When when, @Nullable When rule) {
        var reads = ofRows(aggregate, when);
        var below = definitions.below(definitions.relation(aggregate.relation()));
        definitions.beneath(aggregate).forEach(part -> through(part, below, when, rule, reads));
        return reads;
    }

    /**
     * Why nothing is known of an aggregate; empty where something may be.
     *
     * @param hasRows whether facts are there: then they are known
     * @param withValue whether what only its value reads counts
     */
    Optional<Absence> outside(
            Sentence.Aggregate aggregate, Context.OfCell cell, boolean hasRows, boolean withValue) {
        var when = cell.when();
        boolean overMembers = definitions.relation(aggregate.relation()).entity() != null;
        var parts =
                withValue
                        ? definitions.beneath(aggregate)
                        : Stream.concat(
                                        definitions
                                                .relation(aggregate.relation())
                                                .conditions()
                                                .stream(),
                                        Stream.ofNullable(aggregate.where()))
                                .toList();
        var reads = ofEach(parts, aggregate, cell);
        // What reaches beyond what is known has no value, whatever is there.
        boolean isOfValidity = definitions.valid(aggregate) != null;
        // What holds is known where its source is, whatever rows say.
        if (!hasRows
                || isOfValidity
                || when.mustBeOver()
                || !facts.coverage().hasBegun(when.hand())) {
            reads.addAll(ofRows(aggregate, when));
        }
        return overMembers && (reads.isEmpty() || !facts.coverage().hasBegun(when.hand()))
                ? facts.coverage().outside(windows.stretch(when), when)
                : facts.coverage().outside(reads);
    }

    /** Whether all is known that the question itself reads to say whom it is about. */
    boolean isKnownWhoIsAsked(Sentence.Aggregate aggregate, Context.OfCell cell) {
        return facts.coverage().outside(ofEach(List.of(), aggregate, cell)).isEmpty();
    }
}
