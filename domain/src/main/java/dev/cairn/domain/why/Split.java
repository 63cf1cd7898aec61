package dev.cairn.domain.why;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.why.Figures.Side;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Units.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Splits the change of a value along its formula. Each term has a gain: what the whole gains with each more of it, where the others stand at the mean of both cells. Two
 * factors are so taken in the mean of both orders, which is Shapley's value of a product of two, and a ratio by the rates and the mix of what it is made of (E. M.
 * Kitagawa, "Components of a Difference Between Two Rates", Journal of the American Statistical Association 50, 1955).
 */
final class Split {
    private final int top;

    /**
     * All that is known of the two cells, or of a group in them.
     *
     * @param groups empty where none were asked for, and within one
     * @param accounts of it; null: not known
     */
    record View(
            Figures total,
            Map<List<GroupValue>, View> groups,
            @Nullable Map<GroupValue, Figures> accounts,
            List<ScorePart> score) {
        View {
            groups = new LinkedHashMap<>(groups);
            score = List.copyOf(score);
        }

        private Units<GroupValue> members() {
            return new Units<>(total, accounts == null ? Map.of() : accounts);
        }

        Units<List<GroupValue>> ofGroups() {
            var figures = new LinkedHashMap<List<GroupValue>, Figures>();
            groups.forEach((group, view) -> figures.put(group, view.total()));
            return new Units<>(total, figures);
        }
    }

    /**
     * What a part adds to the score in both cells; null where it is missing.
     *
     * @param term the mean of it, by groups and accounts; null: not known
     */
    record ScorePart(
            @Nullable String name,
            @Nullable Double from,
            @Nullable Double to,
            @Nullable Term term) {}

    /** @param top groups and accounts of a kind that are told one by one */
    Split(int top) {
        this.top = top;
    }

    /** The whole change. Both cells have a value. */
    Piece whole(String what, Term term, double from, double to, View view, int depth) {
        var piece = piece(what, Kind.WHOLE, term, view, 1, depth);
        double change = to - from;
        var parts = view.score().isEmpty() ? piece.parts() : ofScore(view, depth);
        return new Piece(
                what,
                Kind.WHOLE,
                from,
                to,
                change,
                piece.accounts(),
                Pieces.closed(change, Pieces.scale(1, from, to), parts),
                piece.groups(),
                piece.members(),
                List.of());
    }

    private List<Piece> ofScore(View view, int depth) {
        return view.score().stream()
                .filter(part -> part.from() != null || part.to() != null)
                .map(part -> ofScore(part, view, depth))
                .toList();
    }

    private Piece ofScore(ScorePart part, View view, int depth) {
        var name = Objects.requireNonNullElse(part.name(), "(unnamed)");
        double contribution = Pieces.orNothing(part.to()) - Pieces.orNothing(part.from());
        var split =
                part.term() == null
                        ? Pieces.plain(name, Kind.PART_OF_SCORE, null, null, contribution)
                        : piece(name, Kind.PART_OF_SCORE, part.term(), view, 1, depth - 1);
        return new Piece(
                name,
                Kind.PART_OF_SCORE,
                part.from(),
                part.to(),
                contribution,
                split.accounts(),
                split.parts(),
                split.groups(),
                split.members(),
                List.of());
    }

    /** @param gain what the whole gains with each more of it */
    Piece piece(String what, Kind kind, Term term, View view, double gain, int depth) {
        var from = view.total().value(term, Side.FROM);
        var to = view.total().value(term, Side.TO);
        double contribution = from == null || to == null ? 0 : gain * (to - from);
        double scale = Pieces.scale(gain, from, to);
        var shares = view.accounts() == null ? null : view.members().of(term).orElse(null);
        var spread =
                term.unnamed() instanceof Term.Spread it && view.accounts() != null
                        ? new Spreads(it, view.accounts(), top).members(from, to, gain)
                        : List.<Piece>of();
        return new Piece(
                what,
                kind,
                from,
                to,
                contribution,
                spread.isEmpty()
                        ? shares == null
                                ? null
                                : (Integer) Pieces.counted(shares.values(), _ -> true)
                        : (Integer) spread.stream().mapToInt(Split::accounts).sum(),
                depth == 0
                        ? List.of()
                        : Pieces.closed(contribution, scale, parts(term, view, gain, depth)),
                view.groups().isEmpty()
                        ? List.of()
                        : Pieces.closed(
                                contribution,
                                scale,
                                new GroupSplit(this, top).groups(term, view, gain, depth)),
                shares == null
                        ? Pieces.closed(contribution, scale, spread)
                        : Pieces.closed(
                                contribution, scale, new AccountSplit(top).of(shares, gain)),
                List.of());
    }

    private static int accounts(Piece piece) {
        return piece.accounts() == null ? 0 : piece.accounts();
    }

    /** Along the formula; empty where the term has no parts. */
    List<Piece> parts(Term term, View view, double gain, int depth) {
        return switch (term) {
            case Term.Leaf _, Term.Spread _, Term.Constant _ -> List.of();
            case Term.Named(_, _, var inner) -> parts(inner, view, gain, depth);
            case Term.Sum(_, var terms) ->
                    terms.stream()
                            .filter(signed -> signed.term().constant() == null)
                            .map(signed ->
                                    piece(
                                            Pieces.text(signed),
                                            Kind.TERM,
                                            signed.term(),
                                            view,
                                            gain * signed.sign(),
                                            depth - 1))
                            .toList();
            case Term.Product(_, var left, var right) -> product(left, right, view, gain, depth);
            case Term.Quotient quotient -> quotient(quotient, view, gain, depth);
            case Term.Choice choice -> choice(choice, view, gain, depth);
            case Term.Rounded(_, var inner) ->
                    List.of(piece(Pieces.text(inner), Kind.ARM, inner, view, gain, depth - 1));
        };
    }

    private List<Piece> product(Term left, Term right, View view, double gain, int depth) {
        var ofLeft = left.constant();
        if (ofLeft != null) {
            return parts(right, view, gain * ofLeft, depth);
        }
        var ofRight = right.constant();
        if (ofRight != null) {
            return parts(left, view, gain * ofRight, depth);
        }
        return factors(
                left,
                view.members().mean(right),
                right,
                view.members().mean(left),
                view,
                gain,
                depth);
    }

    private List<Piece> factors(
            Term one,
            @Nullable Double ofOne,
            Term other,
            @Nullable Double ofOther,
            View view,
            double gain,
            int depth) {
        return ofOne == null || ofOther == null
                ? List.of()
                : List.of(
                        piece(Pieces.text(one), Kind.FACTOR, one, view, gain * ofOne, depth - 1),
                        piece(
                                Pieces.text(other),
                                Kind.FACTOR,
                                other,
                                view,
                                gain * ofOther,
                                depth - 1));
    }

    private List<Piece> quotient(Term.Quotient quotient, View view, double gain, int depth) {
        var top = quotient.top().unnamed();
        var bottom = quotient.bottom();
        var divisor = bottom.constant();
        if (divisor != null) {
            return divisor == 0 ? List.of() : parts(quotient.top(), view, gain / divisor, depth);
        }
        if (top instanceof Term.Sum(_, var terms) && terms.size() > 1) {
            return ratios(terms, bottom, view, gain, depth);
        }
        var units =
                view.groups().isEmpty()
                        ? view.members().of(quotient)
                        : view.ofGroups().of(quotient);
        if (top.isAdditive()
                && bottom.isAdditive()
                && (view.accounts() != null || !view.groups().isEmpty())
                && units.isPresent()) {
            return rateAndMix(
                    units.get().values().stream().toList(), !view.groups().isEmpty(), gain);
        }
        return factors(
                quotient.top(),
                view.members().reciprocal(bottom),
                bottom,
                view.members().ofBottom(quotient.top(), bottom),
                view,
                gain,
                depth);
    }

    /** A ratio for each term of the top; one that is the bottom itself is 1, whatever moves. */
    private List<Piece> ratios(
            List<Term.Signed> terms, Term bottom, View view, double gain, int depth) {
        return terms.stream()
                .filter(signed -> !signed.term().column().equals(bottom.column()))
                .map(signed -> {
                    var ratio =
                            new Term.Quotient(
                                    new Term.Column(
                                            Pieces.text(signed.term())
                                                    + " / "
                                                    + Pieces.text(bottom),
                                            bottom.column().emptyIsNone()),
                                    signed.term(),
                                    bottom);
                    return piece(
                            Pieces.text(new Term.Signed(signed.sign(), ratio)),
                            Kind.TERM,
                            ratio,
                            view,
                            gain * signed.sign(),
                            depth - 1);
                })
                .toList();
    }

    private static List<Piece> rateAndMix(List<Share> shares, boolean areGroups, double gain) {
        if (shares.stream().filter(share -> share.wasThere() || share.isThere()).count() < 2) {
            return List.of();
        }
        double rate = shares.stream().mapToDouble(Share::rate).sum();
        double mix = shares.stream().mapToDouble(Share::mix).sum();
        var of = areGroups ? "groups" : "accounts";
        return List.of(
                new Piece(
                        "ratios of " + of,
                        Kind.RATE,
                        null,
                        null,
                        gain * rate,
                        areGroups ? null : (Integer) Pieces.counted(shares, it -> it.rate() != 0),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                new Piece(
                        "weights of " + of,
                        Kind.MIX,
                        null,
                        null,
                        gain * mix,
                        areGroups ? null : (Integer) Pieces.counted(shares, it -> it.mix() != 0),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /** Where another arm is taken: the mean of first taking it and then moving its values, and the other way round; of one order, where the other has no value. */
    private List<Piece> choice(Term.Choice choice, View view, double gain, int depth) {
        var figures = view.total();
        int before = figures.arm(choice, Side.FROM);
        int after = figures.arm(choice, Side.TO);
        if (before < 0 || after < 0) {
            return List.of();
        }
        var was = choice.arms().get(before);
        var is = choice.arms().get(after);
        if (before == after) {
            return List.of(piece(Pieces.text(was), Kind.ARM, was, view, gain, depth - 1));
        }
        var was0 = Pieces.orNothing(figures.value(was, Side.FROM));
        var is1 = Pieces.orNothing(figures.value(is, Side.TO));
        var was1 = figures.value(was, Side.TO);
        var is0 = figures.value(is, Side.FROM);
        var pieces = new ArrayList<Piece>();
        double ofWas = was1 == null ? 0 : is0 == null ? 1 : 0.5;
        double ofIs = is0 == null ? 0 : was1 == null ? 1 : 0.5;
        double switched = is1 - was0;
        if (was1 != null && was.constant() == null) {
            pieces.add(piece(Pieces.text(was), Kind.ARM, was, view, gain * ofWas, depth - 1));
        }
        if (is0 != null && is.constant() == null) {
            pieces.add(piece(Pieces.text(is), Kind.ARM, is, view, gain * ofIs, depth - 1));
        }
        if (was1 != null) {
            switched -= ofWas * (was1 - was0);
        }
        if (is0 != null) {
            switched -= ofIs * (is1 - is0);
        }
        pieces.add(
                Pieces.plain(
                        "%s in place of %s".formatted(Pieces.text(is), Pieces.text(was)),
                        Kind.SWITCH,
                        null,
                        null,
                        gain * switched));
        return pieces;
    }
}
