package dev.cairn.domain.why;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.why.Figures.Side;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Units.Share;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Splits the change of a value along its formula. Each term has a gain: what the whole gains with each more of it, where the others stand at the mean of both cells. Two
 * factors are so taken in the mean of both orders, which is Shapley's value of a product of two, and a ratio by the rates and the mix of what it is made of (E. M.
 * Kitagawa, "Components of a Difference Between Two Rates", Journal of the American Statistical Association 50, 1955).
 */
final class Split {
    /** Of what doubles carry. */
    static final double TOLERANCE = 1e-9;

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

        private Units<List<GroupValue>> ofGroups() {
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
                closed(change, scale(1, from, to), parts),
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
        double contribution = orNothing(part.to()) - orNothing(part.from());
        var split =
                part.term() == null
                        ? plain(name, Kind.PART_OF_SCORE, null, null, contribution)
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
    private Piece piece(String what, Kind kind, Term term, View view, double gain, int depth) {
        var from = view.total().value(term, Side.FROM);
        var to = view.total().value(term, Side.TO);
        double contribution = from == null || to == null ? 0 : gain * (to - from);
        double scale = scale(gain, from, to);
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
                        ? shares == null ? null : (Integer) counted(shares.values(), _ -> true)
                        : (Integer) spread.stream().mapToInt(Split::accounts).sum(),
                depth == 0
                        ? List.of()
                        : closed(contribution, scale, parts(term, view, gain, depth)),
                view.groups().isEmpty()
                        ? List.of()
                        : closed(contribution, scale, groups(term, view, gain, depth)),
                shares == null
                        ? closed(contribution, scale, spread)
                        : closed(contribution, scale, members(shares, gain)),
                List.of());
    }

    private static int accounts(Piece piece) {
        return piece.accounts() == null ? 0 : piece.accounts();
    }

    // ---- along the formula

    private List<Piece> parts(Term term, View view, double gain, int depth) {
        return switch (term) {
            case Term.Leaf _, Term.Spread _, Term.Constant _ -> List.of();
            case Term.Named(_, _, var inner) -> parts(inner, view, gain, depth);
            case Term.Sum(_, var terms) ->
                    terms.stream()
                            .filter(signed -> signed.term().constant() == null)
                            .map(signed ->
                                    piece(
                                            text(signed),
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
                    List.of(piece(text(inner), Kind.ARM, inner, view, gain, depth - 1));
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
                        piece(text(one), Kind.FACTOR, one, view, gain * ofOne, depth - 1),
                        piece(text(other), Kind.FACTOR, other, view, gain * ofOther, depth - 1));
    }

    private List<Piece> quotient(Term.Quotient quotient, View view, double gain, int depth) {
        var top = quotient.top().unnamed();
        var bottom = quotient.bottom();
        var divisor = bottom.constant();
        if (divisor != null) {
            return divisor == 0 ? List.of() : parts(quotient.top(), view, gain / divisor, depth);
        }
        if (top instanceof Term.Sum(_, var terms) && terms.size() > 1) {
            return terms.stream()
                    .filter(signed -> !signed.term().column().equals(bottom.column()))
                    .map(signed -> {
                        var ratio =
                                new Term.Quotient(
                                        new Term.Column(
                                                text(signed.term()) + " / " + text(bottom),
                                                bottom.column().emptyIsNone()),
                                        signed.term(),
                                        bottom);
                        return piece(
                                text(new Term.Signed(signed.sign(), ratio)),
                                Kind.TERM,
                                ratio,
                                view,
                                gain * signed.sign(),
                                depth - 1);
                    })
                    .toList();
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
                        areGroups ? null : (Integer) counted(shares, it -> it.rate() != 0),
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
                        areGroups ? null : (Integer) counted(shares, it -> it.mix() != 0),
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
            return List.of(piece(text(was), Kind.ARM, was, view, gain, depth - 1));
        }
        var was0 = orNothing(figures.value(was, Side.FROM));
        var is1 = orNothing(figures.value(is, Side.TO));
        var was1 = figures.value(was, Side.TO);
        var is0 = figures.value(is, Side.FROM);
        var pieces = new ArrayList<Piece>();
        double ofWas = was1 == null ? 0 : is0 == null ? 1 : 0.5;
        double ofIs = is0 == null ? 0 : was1 == null ? 1 : 0.5;
        double switched = is1 - was0;
        if (was1 != null && was.constant() == null) {
            pieces.add(piece(text(was), Kind.ARM, was, view, gain * ofWas, depth - 1));
        }
        if (is0 != null && is.constant() == null) {
            pieces.add(piece(text(is), Kind.ARM, is, view, gain * ofIs, depth - 1));
        }
        if (was1 != null) {
            switched -= ofWas * (was1 - was0);
        }
        if (is0 != null) {
            switched -= ofIs * (is1 - is0);
        }
        pieces.add(
                plain(
                        "%s in place of %s".formatted(text(is), text(was)),
                        Kind.SWITCH,
                        null,
                        null,
                        gain * switched));
        return pieces;
    }

    // ---- by group

    private List<Piece> groups(Term term, View view, double gain, int depth) {
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
                    plain(
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
                scale(gain, view.total().value(term, Side.FROM), view.total().value(term, Side.TO));
        var accounts = within.accounts();
        var members =
                accounts == null ? null : new Units<>(view.total(), accounts).of(term).orElse(null);
        var parts = depth == 0 ? List.<Piece>of() : ofGroup(term, group, share, view, gain, depth);
        return new Piece(
                text(group),
                Kind.GROUP,
                share.from(),
                share.to(),
                contribution,
                members == null ? null : (Integer) counted(members.values(), _ -> true),
                closed(contribution, scale, parts),
                List.of(),
                members == null ? List.of() : closed(contribution, scale, members(members, gain)),
                List.of());
    }

    /** What a group contributes, along the formula. */
    private List<Piece> ofGroup(
            Term term, List<GroupValue> group, Share share, View view, double gain, int depth) {
        var within = Objects.requireNonNull(view.groups().get(group));
        return switch (term) {
            case Term.Named(_, _, var inner) -> ofGroup(inner, group, share, view, gain, depth);
            case Term additive when additive.isAdditive() -> parts(additive, within, gain, depth);
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
            return plain(text(signed), Kind.TERM, null, null, 0);
        }
        double contribution = gain * share.contribution();
        return new Piece(
                text(signed),
                Kind.TERM,
                share.from(),
                share.to(),
                contribution,
                null,
                depth <= 1
                        ? List.of()
                        : closed(
                                contribution,
                                scale(gain, share.from(), share.to()),
                                ofGroup(signed.term(), group, share, view, gain, depth - 1)),
                List.of(),
                List.of(),
                List.of());
    }

    private List<Piece> ofRatio(Term ratio, Share share, View within, double gain, int depth) {
        var rate = piece("its ratio", Kind.RATE, ratio, within, gain * share.weight(), depth - 1);
        return List.of(rate, plain("its weight", Kind.MIX, null, null, gain * share.mix()));
    }

    // ---- by account

    private List<Piece> members(Map<GroupValue, Share> shares, double gain) {
        return Stream.of(
                        members(Kind.ENTERED, "accounts that entered", shares, gain),
                        members(Kind.LEFT, "accounts that left", shares, gain),
                        members(Kind.CHANGED, "accounts in both", shares, gain))
                .filter(piece -> !piece.moved().isEmpty())
                .toList();
    }

    private Piece members(Kind kind, String what, Map<GroupValue, Share> shares, double gain) {
        var of =
                shares.entrySet().stream()
                        .filter(share -> kind == kind(share.getValue()))
                        .sorted(
                                Comparator.comparingDouble((Map.Entry<GroupValue, Share> share) ->
                                        -Math.abs(share.getValue().contribution())))
                        .toList();
        return new Piece(
                what,
                kind,
                null,
                null,
                of.stream().mapToDouble(share -> gain * share.getValue().contribution()).sum(),
                of.size(),
                List.of(),
                List.of(),
                List.of(),
                of.stream()
                        .limit(top)
                        .map(share ->
                                new Piece.Moved(
                                        share.getKey(),
                                        share.getValue().from(),
                                        share.getValue().to(),
                                        gain * share.getValue().contribution()))
                        .toList());
    }

    /** Null where nothing of it was there, nor is. */
    private static @Nullable Kind kind(Share share) {
        if (share.wasThere()) {
            return share.isThere() ? Kind.CHANGED : Kind.LEFT;
        }
        return share.isThere() ? Kind.ENTERED : null;
    }

    private static int counted(Collection<Share> shares, Predicate<Share> counts) {
        return (int)
                shares.stream()
                        .filter(share -> share.wasThere() || share.isThere())
                        .filter(counts)
                        .count();
    }

    // ---- what they have in common

    /**
     * In order, and with what is left over as a piece of its own.
     *
     * @param scale how large the values are whose difference is split, in the unit of the whole
     */
    private static List<Piece> closed(double contribution, double scale, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return pieces;
        }
        double size =
                pieces.stream().mapToDouble(piece -> Math.abs(piece.contribution())).sum() + scale;
        double rest = contribution - pieces.stream().mapToDouble(Piece::contribution).sum();
        var all =
                new ArrayList<>(
                        pieces.stream()
                                .sorted(
                                        Comparator.comparing((Piece piece) ->
                                                        piece.kind() == Kind.REMAINDER)
                                                .thenComparingDouble(
                                                        piece -> -Math.abs(piece.contribution())))
                                .toList());
        if (Math.abs(rest) > TOLERANCE * size) {
            all.add(plain("not told by these", Kind.REMAINDER, null, null, rest));
        }
        return all;
    }

    private static double scale(double gain, @Nullable Double from, @Nullable Double to) {
        return Math.abs(gain) * (Math.abs(orNothing(from)) + Math.abs(orNothing(to)));
    }

    private static Piece plain(
            String what,
            Kind kind,
            @Nullable Double from,
            @Nullable Double to,
            double contribution) {
        return new Piece(
                what,
                kind,
                from,
                to,
                contribution,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static double orNothing(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static String text(Term term) {
        return switch (term) {
            case Term.Named(_, var name, _) -> name;
            case Term other -> other.column().formula();
        };
    }

    private static String text(Term.Signed signed) {
        return (signed.sign() < 0 ? "less " : "") + text(signed.term());
    }

    private static String text(List<GroupValue> group) {
        return group.stream().map(Split::text).collect(Collectors.joining(", "));
    }

    /** A key as a word. */
    static String text(GroupValue value) {
        return switch (value.kind()) {
            case VALUE -> String.valueOf(value.value());
            case NONE -> "(none)";
            case NO_ACCOUNT -> "(no account)";
            case TOTAL -> "(all)";
            case OTHER -> "(other)";
        };
    }
}
