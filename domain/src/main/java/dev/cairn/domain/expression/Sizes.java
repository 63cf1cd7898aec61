package dev.cairn.domain.expression;

import java.util.IdentityHashMap;

/** How large expressions are, each measured once; what a {@link Expr.Common} stands for counts where that is made. */
public final class Sizes {
    private final IdentityHashMap<Expr, Size> measured = new IdentityHashMap<>();

    /**
     * @param pieces of the expression
     * @param depth levels, those within common values included
     * @param written pieces, each counted once for every level it stands in: at most so many are written to say why there is no value
     */
    public record Size(long pieces, int depth, long written) {}

    /** The size of an expression. */
    public Size of(Expr expr) {
        var known = measured.get(expr);
        if (known != null) {
            return known;
        }
        long pieces = 1;
        int depth = 0;
        long written = 0;
        for (var operand : Exprs.operands(expr)) {
            var size = of(operand);
            depth = Math.max(depth, size.depth());
            if (!(expr instanceof Expr.Common)) {
                pieces += size.pieces();
                written += size.written();
            }
        }
        var size = new Size(pieces, depth + 1, written + pieces);
        measured.put(expr, size);
        return size;
    }
}
