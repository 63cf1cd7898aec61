package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * One name for scans that read the same.
 *
 * @param leaves among which the scan is
 */
record ScanNames(Leaves leaves) {
    /**
     * The same scan by its one name: where every key stays, it does not matter which were to, and where the question reads no attribute, as of when.
     */
    ScanKey of(ScanKey ofQuestion) {
        return of(
                ofQuestion,
                (computed, _) -> {
                    throw new IllegalArgumentException("no key of a question: " + computed.key());
                });
    }

    /** @param copied a computed key of a formula, over what the question reads for it */
    ScanKey of(ScanKey read, BiFunction<Kept.Computed, Leaves, Expr> copied) {
        var scan = withoutTime(read);
        if (scan.kept().all()) {
            return scan;
        }
        boolean isForRows = leaves.timeOfRows().isPresent();
        var whole = isForRows ? scan : scan.keeping(Kept.ALL);
        var own = leaves.ofNamed(whole);
        var keys = leaves.bind(whole, own).keys();
        var kept =
                scan.kept()
                        .of(leaves::planned)
                        .computedOf(keys, computed -> leaves.planned(copied.apply(computed, own)));
        if (isForRows) {
            return scan.keeping(kept.dropped(keys).size() == keys.size() ? Kept.NONE : kept);
        }
        return kept.dropped(keys).isEmpty() ? whole : scan.keeping(kept);
    }

    /** Beneath rows a scan by none of the keys has none at all, and one by some has every key of the question. */
    private ScanKey byEveryKey(ScanKey scan) {
        return leaves.timeOfRows().isPresent() ? scan : scan.keeping(Kept.ALL);
    }

    private ScanKey withoutTime(ScanKey scan) {
        var plain = scan.reading(null);
        return scan.attributes() != null && asksTheSame(scan, plain) ? plain : scan;
    }

    /** Whether what is asked of the rows of two scans, and what it reads for each of them, is the same. */
    private boolean asksTheSame(ScanKey one, ScanKey other) {
        var ofOne = leaves.unread(one);
        var ofOther = leaves.unread(other);
        return leaves.bind(byEveryKey(one), ofOne).equals(leaves.bind(byEveryKey(other), ofOther))
                && Set.copyOf(ofOne.keys()).equals(Set.copyOf(ofOther.keys()));
    }
}
