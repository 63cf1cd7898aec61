package dev.cairn.testkit.fault;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.Top;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Page;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.time.Bucket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a plan, to exchange one of them. */
final class Parts {
    private final AnalysisPlan old;
    private Timeline time;
    private Block cells;
    private List<Output> outputs;
    private Expr having;
    private List<Ordering> order;
    private Tallies tallies;
    private @Nullable Top top;

    Parts(AnalysisPlan old) {
        this.old = old;
        time = old.time();
        cells = old.cells();
        outputs = old.outputs();
        having = old.having();
        order = old.page().order();
        tallies = old.tallies();
        top = old.top();
    }

    Parts buckets(List<Bucket> other) {
        var reaches = new ArrayList<>(time.reaches());
        reaches.set(0, Reach.ofBuckets(other, time.whole()));
        time =
                new Timeline(
                        other,
                        time.axis(),
                        time.whole(),
                        time.asOf(),
                        time.asOfDate(),
                        time.knownAt(),
                        reaches);
        return this;
    }

    Parts scans(List<Scan> other) {
        cells = new Block(other, cells.leaves());
        return this;
    }

    Parts leaves(List<Leaf> other) {
        cells = new Block(cells.scans(), other);
        return this;
    }

    Parts outputs(List<Output> other) {
        outputs = other;
        return this;
    }

    Parts having(Expr other) {
        having = other;
        return this;
    }

    Parts order(List<Ordering> other) {
        order = other;
        return this;
    }

    Parts tallies(Tallies other) {
        tallies = other;
        return this;
    }

    Parts top(@Nullable Top other) {
        top = other;
        return this;
    }

    AnalysisPlan plan() {
        return new AnalysisPlan(
                time,
                old.keys(),
                cells,
                outputs,
                old.kinds(),
                having,
                old.fillGaps(),
                new Page(order, old.page().limit(), old.page().after()),
                tallies,
                top,
                old.mapped());
    }
}
