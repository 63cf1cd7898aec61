package dev.cairn.domain.why;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.why.Figures.Side;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Split.View;
import dev.cairn.domain.why.Units.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Splits the change of a term by group, and that of each group along the formula.
 *
 * @param along splits along the formula
 * @param top groups, and accounts of a kind, that are told one by one
 */
record GroupSplit(Split along, int top) {
    /** @param gain what the whole gains with each more of the term */
    List<Piece> groups(Term term, View view, double gain, int depth) {
        var shares = view.ofGroups().of(term);
        if (shares.isEmpty()) {
            return List.of();
        }
        var sorted =
                shares.get().entrySet().stream()
                        .filter(share ->
                                share.getValue().contribution() != 0
                                        || share.getValue().wasThere()
                                        || share.getValue().isThere())
                        .sorted(
                                Comparator.comparingDouble(
                                        (Map.Entry<List<GroupValue>, Share> share) ->
                                                -Math.abs(share.getValue().contribution())))
                        .toList();
        var pieces = new ArrayList<Piece>();
        sorted.stream()
                .limit(top)
                .forEach(share ->
                        pieces.add(
                                group(share.getKey(), share.getValue(), term, view, gain, depth)));
        if (sorted.size() > top) {
            double rest =
                    sorted.stream()
                            .skip(top)
                            .mapToDouble(share -> gain * share.getValue().contribution())
                            .sum();
            pieces.add(
                    Pieces.plain(
                            sorted.size() - top == 1
                                    ? "1 other group"
                                    : "%d other groups".formatted(sorted.size() - top),
                            Kind.OTHER_GROUPS,
                            null,
                            null,
                            rest));
        }
        return pieces;
    }

    private Piece group(
            List<GroupValue> group, Share share, Term term, View view, double gain, int depth) {
        var within = Objects.requireNonNull(view.groups().get(group));
        double contribution = gain * share.contribution();
        double scale =
                Pieces.scale(
                        gain,
                        view.total().value(term, Side.FROM),
                        view.total().value(term, Side.TO));
        var accounts = within.accounts();
        var members =
                accounts == null ? null : new Units<>(view.total(), accounts).of(term).orElse(null);
        var parts = depth == 0 ? List.<Piece>of() : ofGroup(term, group, share, view, gain, depth);
        return new Piece(
                Pieces.text(group),
                Kind.GROUP,
                share.from(),
                share.to(),
                contribution,
                members == null ? null : (Integer) Pieces.counted(members.values(), _ -> true),
                Pieces.closed(contribution, scale, parts),
                List.of(),
                members == null
                        ? List.of()
                        : Pieces.closed(
                                contribution, scale, new AccountSplit(top).of(members, gain)),
                List.of());
    }

    /** What a group contributes, along the formula. */
    private List<Piece> ofGroup(
            Term term, List<GroupValue> group, Share share, View view, double gain, int depth) {
        var within = Objects.requireNonNull(view.groups().get(group));
        return switch (term) {
            case Term.Named(_, _, var inner) -> ofGroup(inner, group, share, view, gain, depth);
            case Term additive when additive.isAdditive() ->
                    along.parts(additive, within, gain, depth);
            case Term.Product(_, var left, var right) when left.constant() != null ->
                    ofTerm(
                            right,
                            group,
                            view,
                            gain * Objects.requireNonNull(left.constant()),
                            depth);
            case Term.Product(_, var left, var right) when right.constant() != null ->
                    ofTerm(
                            left,
                            group,
                            view,
                            gain * Objects.requireNonNull(right.constant()),
                            depth);
            case Term.Quotient(_, var top, var bottom) when bottom.constant() != null ->
                    ofTerm(
                            top,
                            group,
                            view,
                            gain / Objects.requireNonNull(bottom.constant()),
                            depth);
            case Term.Quotient(_, var top, var bottom)
                    when top.isAdditive() && bottom.isAdditive() ->
                    ofRatio(term, share, within, gain, depth);
            case Term.Sum(_, var terms) ->
                    terms.stream()
                            .filter(signed -> signed.term().constant() == null)
                            .map(signed ->
                                    termOfGroup(signed, group, view, gain * signed.sign(), depth))
                            .toList();
            case Term.Leaf _,
                    Term.Spread _,
                    Term.Constant _,
                    Term.Product _,
                    Term.Quotient _,
                    Term.Choice _,
                    Term.Rounded _ ->
                    List.of();
        };
    }

    private List<Piece> ofTerm(
            Term term, List<GroupValue> group, View view, double gain, int depth) {
        return view.ofGroups()
                .of(term)
                .map(shares -> shares.get(group))
                .map(share -> ofGroup(term, group, share, view, gain, depth))
                .orElse(List.of());
    }

    private Piece termOfGroup(
            Term.Signed signed, List<GroupValue> group, View view, double gain, int depth) {
        var share = view.ofGroups().of(signed.term()).map(shares -> shares.get(group)).orElse(null);
        if (share == null) {
            return Pieces.plain(Pieces.text(signed), Kind.TERM, null, null, 0);
        }
        double contribution = gain * share.contribution();
        return new Piece(
                Pieces.text(signed),
                Kind.TERM,
                share.from(),
                share.to(),
                contribution,
                null,
                depth <= 1
                        ? List.of()
                        : Pieces.closed(
                                contribution,
                                Pieces.scale(gain, share.from(), share.to()),
                                ofGroup(signed.term(), group, share, view, gain, depth - 1)),
                List.of(),
                List.of(),
                List.of());
    }

    private List<Piece> ofRatio(Term ratio, Share share, View within, double gain, int depth) {
        var rate =
                along.piece(
                        "its ratio", Kind.RATE, ratio, within, gain * share.weight(), depth - 1);
        return List.of(rate, Pieces.plain("its weight", Kind.MIX, null, null, gain * share.mix()));
    }
}
