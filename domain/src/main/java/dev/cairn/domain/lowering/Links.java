package dev.cairn.domain.lowering;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is read through the links of a row: fields of the rows that they lead to, many to one. */
public final class Links {
    /** Each is a join. */
    static final int MOST_HOPS = 5;

    private final Lowering lowering;
    private final Catalog catalog;
    private final MemberLinks memberLinks;

    /** What whoever asks may see; null: everything. */
    private @Nullable AccessScope scope;

    Links(Lowering lowering) {
        this.lowering = lowering;
        this.catalog = lowering.catalog();
        this.memberLinks = new MemberLinks(lowering, this);
    }

    MemberLinks ofMembers() {
        return memberLinks;
    }

    /**
     * Where whoever asks may not see the rows of all accounts, what follows reads only those of the account of a row, and of sources that are of no accounts.
     *
     * @param access the accounts that may be seen; null: everything may
     */
    public void within(@Nullable AccessScope access) {
        scope = access;
    }

    /** The same as others. */
    void within(Links others) {
        scope = others.scope;
    }

    private boolean isWithinAccount() {
        return scope != null;
    }

    /** The same of what a formula reads; a scope itself, which says what may be seen, reads what it needs to. */
    boolean isWithinAccount(Frame frame) {
        boolean isScope = frame.level() instanceof Level.Rule rule && rule.isScope();
        return isWithinAccount() && !isScope;
    }

    /** A field as whoever asks may see it. */
    public Expr.Linked seen(Expr.Linked linked) {
        return isWithinAccount()
                ? new Expr.Linked(
                        linked.hops().stream().map(this::withinAccount).toList(), linked.end())
                : linked;
    }

    /** The same of a row that is of no account: an account that it leads to is seen where the rule holds for it. */
    public Expr seenOfNobody(Expr.Linked linked) {
        var hops = linked.hops();
        int members = (int) hops.stream().takeWhile(hop -> hop.to() instanceof Expr.To.Row).count();
        if (!isWithinAccount() || members == hops.size() || !hops.get(members).isOfFields()) {
            return seen(linked);
        }
        var way =
                Stream.concat(
                                hops.stream().limit(members).map(this::withinAccount),
                                Stream.of(hops.get(members)))
                        .toList();
        var beyond = hops.stream().skip(members + 1L).map(this::withinAccount);
        return whereSeen(
                way, new Expr.Linked(Stream.concat(way.stream(), beyond).toList(), linked.end()));
    }

    /** None where the account that links lead to may not be seen. */
    private Expr whereSeen(List<Expr.Hop> way, Expr value) {
        var rule = AccessRule.of(Objects.requireNonNull(scope), lowering);
        var isSeen = lowering.linkedFields().ofMember(way, Membership.kept(rule));
        return isSeen.type().isBroken() || value.type().isBroken()
                ? Expr.BROKEN
                : new Expr.Case(List.of(new Expr.Arm(isSeen, value)), Expr.NONE, value.type());
    }

    /** Whether a row of no account is at hand. */
    private static boolean isOfNobody(Frame frame) {
        return frame.level() instanceof Level.Row row && !row.source().isOfAccounts();
    }

    /** The key of a row as a row says it that points there: rows of no accounts are read for whatever row of theirs is seen. */
    public Expr.Linked pointing(Expr.Linked key) {
        return key.hops().getFirst().fields().stream()
                        .flatMap(field -> catalog.source(field.source()).stream())
                        .anyMatch(Source::isOfAccounts)
                ? seen(key)
                : key;
    }

    private Expr.Hop withinAccount(Expr.Hop hop) {
        return new Expr.Hop(
                hop.link(), hop.from(), hop.to(), hop.withinAccount() || isOfAccounts(hop.to()));
    }

    private boolean isOfAccounts(Expr.To to) {
        return switch (to) {
            case Expr.To.Row row ->
                    catalog.source(row.source()).filter(Source::isOfAccounts).isPresent();
            case Expr.To.Member _ -> true;
        };
    }

    /**
     * Where links have led to.
     *
     * @param before links of accounts by which the first hop was reached
     */
    private record End(List<Expr.Hop> hops, Source source, int before) {
        End(List<Expr.Hop> hops, Source source) {
            this(hops, source, 0);
        }

        End beyond(Expr.Hop hop, Source other) {
            return new End(Stream.concat(hops.stream(), Stream.of(hop)).toList(), other, before);
        }

        /** All links that were followed. */
        int length() {
            return before + hops.size();
        }

        /** In full, as a formula has it. */
        String text(Source from) {
            return Stream.concat(Stream.of(from.name()), hops.stream().map(Expr.Hop::link))
                    .reduce((one, other) -> one + "." + other)
                    .orElseThrow();
        }
    }

    /**
     * A field by links, where the path begins with one of the source.
     *
     * @param path without the source
     */
    Optional<Expr> ofRow(Path path, Source source, Frame frame) {
        if (source.link(path.names().getFirst()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(follow(new End(List.of(), source), path.names(), path, frame));
    }

    /**
     * What is read beyond a first hop to the row of a declared entity.
     *
     * @param before links of accounts by which that hop was reached
     */
    Expr beyond(
            Expr.Hop first, int before, Source source, List<String> rest, Path path, Frame frame) {
        return follow(new End(List.of(first), source, before), rest, path, frame);
    }

    /** To the row of a declared entity. */
    Optional<Expr.To.Row> rowOf(Source entity) {
        return fields(entity, entity.linkKey())
                .filter(key -> !key.isEmpty())
                .map(key -> to(entity, key));
    }

    private Expr follow(End from, List<String> rest, Path path, Frame frame) {
        var end = from;
        int at = 0;
        for (; at < rest.size(); at++) {
            if (!end.hops().isEmpty() && isAccountOf(end.source(), rest.subList(at, rest.size()))) {
                return accountOf(end, rest.subList(at + 1, rest.size()), path, frame);
            }
            var link = end.source().link(rest.get(at));
            if (link.isEmpty()) {
                break;
            }
            if (end.length() == MOST_HOPS) {
                return tooFar(path, frame);
            }
            var member = link.get().member();
            if (member.isPresent()) {
                return member(
                        end,
                        link.get(),
                        member.get(),
                        rest.subList(at + 1, rest.size()),
                        path,
                        frame);
            }
            var next = along(end, link.get(), isWithinAccount(frame));
            if (next.isEmpty()) {
                // The declaration of the source is broken, and tells why.
                return Expr.BROKEN;
            }
            end = next.get();
        }
        return switch (rest.size() - at) {
            case 0 -> noValue(end, path, frame);
            case 1 -> field(end, rest.getLast(), path, frame);
            default -> unknown(end, rest.get(at), path, frame);
        };
    }

    /** Whether what follows is the account that a row which links lead to is of; a field of that name is the field. */
    private static boolean isAccountOf(Source source, List<String> rest) {
        return rest.getFirst().equals(EntityRef.ACCOUNT.name())
                && source.isOfAccounts()
                && (rest.size() > 1 || source.field(rest.getFirst()).isEmpty());
    }

    /** The account of a row that links have led to, or an attribute of it: by the field that holds its key, of the row or of those by which it is of an account. */
    private Expr accountOf(End from, List<String> rest, Path path, Frame frame) {
        var end = from;
        for (var via = end.source().accountLink();
                via.isPresent();
                via = end.source().accountLink()) {
            var next =
                    end.length() < MOST_HOPS
                            ? along(end, via.get(), isWithinAccount(frame))
                            : Optional.<End>empty();
            if (next.isEmpty()) {
                return end.length() < MOST_HOPS ? Expr.BROKEN : tooFar(path, frame);
            }
            end = next.get();
        }
        var field = end.source().accountField();
        if (field == null || end.source().field(field).isEmpty()) {
            return Expr.BROKEN;
        }
        if (end.length() == MOST_HOPS) {
            return tooFar(path, frame);
        }
        if (end.source().field(field).get().type() != DataType.TEXT) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.TYPE_MISMATCH,
                                    frame.at(path.span()),
                                    "'%s' says by '%s' of which account a row is, and that is no text, as keys of accounts are: declare it as one, and '%s' has a value.",
                                    end.source().name(),
                                    field,
                                    path.text())
                            .offering("%s: text".formatted(field)));
        }
        var link = new Link(EntityRef.ACCOUNT.name(), EntityRef.ACCOUNT, field);
        return member(end, link, EntityRef.ACCOUNT, rest, path, frame);
    }

    Expr tooFar(Path path, Frame frame) {
        return lowering.broken(
                ProblemCode.LIMIT,
                frame,
                path.span(),
                "'%s' follows more than %d links.",
                path.text(),
                MOST_HOPS);
    }

    /** The member that the last link leads to, or an attribute of it. */
    private Expr member(
            End end, Link link, EntityRef entity, List<String> rest, Path path, Frame frame) {
        var from = fields(end.source(), List.of(link.keyField()));
        if (from.isEmpty() || !EntityRef.isBuiltIn(entity.name())) {
            return Expr.BROKEN;
        }
        boolean isWithin = isWithinAccount(frame);
        boolean isAsked = isWithin && isOfNobody(frame);
        var hop =
                new Expr.Hop(
                        link.name(), from.get(), new Expr.To.Member(entity), isWithin && !isAsked);
        var hops = Stream.concat(end.hops().stream(), Stream.of(hop)).toList();
        var value = member(hops, end, link, entity, rest, path, frame);
        return isAsked ? whereSeen(hops, value) : value;
    }

    private Expr member(
            List<Expr.Hop> hops,
            End end,
            Link link,
            EntityRef entity,
            List<String> rest,
            Path path,
            Frame frame) {
        var way = hops.stream().map(Expr.Hop::link).collect(Collectors.joining("."));
        UnaryOperator<Expr> there = value -> lowering.linkedFields().ofMember(hops, value);
        if (MemberLinks.leads(catalog.entity(entity), rest)) {
            return memberLinks.follow(entity, way, end.length() + 1, there, rest, path, frame);
        }
        return rest.isEmpty()
                ? new Expr.Linked(hops, new Expr.Key(entity))
                : memberLinks.attribute(entity, link.name(), there, rest, path, frame);
    }

    /** @param within whether rows of accounts are read only where they are of the account at hand */
    private Optional<End> along(End end, Link link, boolean within) {
        if (link.member().isPresent()) {
            return Optional.empty();
        }
        return catalog.source(link.to())
                .filter(parent -> parent.linkKey().size() == link.fields().size())
                .flatMap(parent ->
                        fields(end.source(), link.fields())
                                .flatMap(from ->
                                        fields(parent, parent.linkKey())
                                                .filter(key -> !key.isEmpty())
                                                .map(key ->
                                                        end.beyond(
                                                                new Expr.Hop(
                                                                        link.name(),
                                                                        from,
                                                                        to(parent, key),
                                                                        within
                                                                                && parent
                                                                                        .isOfAccounts()),
                                                                parent))));
    }

    private static Expr.To.Row to(Source parent, List<Expr.Field> key) {
        return new Expr.To.Row(
                key,
                parent.isEntity() ? null : TypeRules.field(parent, parent.placedBy()),
                versions(parent).orElse(null),
                users(parent).orElse(null));
    }

    private static Optional<Expr.To.Users> users(Source parent) {
        return Optional.ofNullable(parent.userField())
                .filter(EntityRef.USER.name()::equals)
                .flatMap(parent::field)
                .map(user ->
                        new Expr.To.Users(
                                TypeRules.field(parent, user),
                                Optional.ofNullable(parent.accountField())
                                        .flatMap(parent::field)
                                        .map(field -> TypeRules.field(parent, field))
                                        .orElse(null)));
    }

    private static Optional<Expr.To.Versions> versions(Source parent) {
        return Optional.ofNullable(parent.history())
                .flatMap(history ->
                        parent.field(history.begins())
                                .map(from ->
                                        new Expr.To.Versions(
                                                TypeRules.field(parent, from),
                                                history.ends()
                                                        .flatMap(parent::field)
                                                        .map(until ->
                                                                TypeRules.field(parent, until))
                                                        .orElse(null))));
    }

    /** From a row of a member to the member, whose attributes are known of several times. */
    Expr.Hop toItself(Source entity) {
        var key = fields(entity, entity.linkKey()).orElseThrow();
        return new Expr.Hop(entity.name(), key, to(entity, key), false);
    }

    /** Whether a row is the one that a member is counted by: the last of those that its attributes have. */
    Expr isLast(Source entity) {
        return versions(entity)
                .<Expr>map(versions ->
                        new Expr.Is(
                                versions.from(),
                                new Expr.Linked(List.of(toItself(entity)), versions.from())))
                .orElse(Expr.TRUE);
    }

    private static Optional<List<Expr.Field>> fields(Source source, List<String> names) {
        var fields =
                names.stream()
                        .flatMap(name -> source.field(name).stream())
                        .map(field -> TypeRules.field(source, field))
                        .toList();
        return fields.size() == names.size() ? Optional.of(fields) : Optional.empty();
    }

    /** The member of a declared entity whose row is at hand, by its key. */
    Expr itself(Source entity, Path path, Frame frame) {
        return fields(entity, entity.linkKey())
                .filter(key -> !key.isEmpty())
                .map(key -> member(List.copyOf(key), entity, path, frame))
                .orElse(Expr.BROKEN);
    }

    /** @param parts of its key */
    private Expr member(List<Expr> parts, Source entity, Path path, Frame frame) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        return Calls.areOfKeys(parts)
                ? new Expr.Call(Function.KEY, parts, Type.TEXT)
                : lowering.broken(
                        Problem.of(
                                        ProblemCode.TYPE_MISMATCH,
                                        frame.at(path.span()),
                                        "The key of '%s' has a part that is no text, whole number, date or condition, and the member is no value by it; name an attribute of it.",
                                        entity.name())
                                .offering(path.text() + "." + entity.linkKey().getFirst()));
    }

    /** A member is a value by its key; a row of facts is none. */
    private Expr noValue(End end, Path path, Frame frame) {
        if (end.source().isEntity()) {
            var key = end.hops().getLast().row().orElseThrow().key();
            var parts = key.stream().<Expr>map(part -> new Expr.Linked(end.hops(), part)).toList();
            return member(parts, end.source(), path, frame);
        }
        return lowering.broken(
                Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                frame.at(path.span()),
                                "'%s' is a link to a row of '%s', not a value; name one of its fields.",
                                path.text(),
                                end.source().name())
                        .offering(path.text() + "." + end.source().linkKey().getFirst()));
    }

    private Expr field(End end, String name, Path path, Frame frame) {
        var field = end.source().field(name);
        if (field.isPresent()) {
            return lowering.linkedFields()
                    .beyond(end.hops(), end.source(), field.get(), frame.asOf())
                    .orElseGet(() -> tooFar(path, frame));
        }
        return unknown(end, name, path, frame);
    }

    /** Of an account where rows are of none, or of a user, who is told apart within the account of that row. */
    private Expr ofEntity(End end, String name, Path path, Frame frame) {
        var user = end.source().userField();
        if (name.equals(EntityRef.ACCOUNT.name()) || user == null) {
            return lowering.broken(
                    ProblemCode.UNKNOWN_FIELD,
                    frame,
                    path.span(),
                    "Rows of '%s', which '%s' leads to, are of no %s.",
                    end.source().name(),
                    path.text(),
                    name);
        }
        return lowering.broken(
                Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                frame.at(path.span()),
                                "Users are told apart within their account, and '%s' is of an account of its own: no link leads to its user. Name the field that says the user, or ask for those that rows of '%s' are of.",
                                path.text(),
                                end.source().name())
                        .offering(
                                end.hops().stream()
                                                .map(Expr.Hop::link)
                                                .collect(Collectors.joining("."))
                                        + "."
                                        + user,
                                "distinct(%s.user)".formatted(end.source().name())));
    }

    private Expr unknown(End end, String name, Path path, Frame frame) {
        return EntityRef.isBuiltIn(name)
                ? ofEntity(end, name, path, frame)
                : lowering.unknown(
                        Problem.of(
                                ProblemCode.UNKNOWN_FIELD,
                                frame.at(path.span()),
                                "No field '%s' in '%s', which '%s' leads to.",
                                name,
                                end.source().name(),
                                path.text()),
                        name,
                        () ->
                                Stream.concat(
                                                end.source().fields().stream().map(Field::name),
                                                end.source().pointers().stream().map(Link::name))
                                        .toList());
    }

    // ---- rows that point at a row

    /** The links of a source that lead to another. */
    static List<Link> between(Source child, Source parent) {
        return child.pointers().stream()
                .filter(link -> link.member().isEmpty() && link.to().equals(parent.name()))
                .toList();
    }

    /** The key of the row that a link leads to, as a row says it that points there; empty where the declaration is broken. {@link #pointing} */
    List<Expr.Linked> key(Source child, Link link) {
        return along(new End(List.of(), child), link, isWithinAccount() && child.isOfAccounts())
                .map(end ->
                        end.hops().getFirst().row().orElseThrow().key().stream()
                                .map(part -> new Expr.Linked(end.hops(), part))
                                .toList())
                .orElse(List.of());
    }

    // ---- dimensions

    /**
     * {@code ticket.priority} as a dimension of a source whose links lead to tickets: by the link of that name, else along the only way there is.
     *
     * @param path with the name of a link or of a source first
     */
    Optional<Expr> ofDimension(Path path, Source source, Frame frame) {
        var direct = ofRow(path, source, frame);
        if (direct.isPresent()) {
            return direct;
        }
        var target = catalog.sourceUnder(path.names().getFirst());
        if (target.isEmpty() || target.get().equals(source)) {
            return Optional.empty();
        }
        var ways = ways(source).stream().filter(way -> way.source().equals(target.get())).toList();
        var rest = path.names().subList(1, path.names().size());
        return switch (ways.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(follow(ways.getFirst(), rest, path, frame));
            default -> Optional.of(ambiguous(ways, rest, path, source, frame));
        };
    }

    private Expr ambiguous(
            List<End> ways, List<String> rest, Path path, Source source, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.AMBIGUOUS_NAME,
                                frame.at(path.span()),
                                "Several links lead from '%s' to '%s'; say which.",
                                source.name(),
                                path.names().getFirst())
                        .offering(
                                ways.stream()
                                        .map(way ->
                                                Stream.concat(
                                                                Stream.of(way.text(source)),
                                                                rest.stream())
                                                        .collect(Collectors.joining(".")))
                                        .toArray(String[]::new)));
    }

    /** Whether any way from a source leads to another, so that many of its rows are of one of those. */
    boolean lead(Source from, Source to) {
        return ways(from).stream().anyMatch(way -> way.source().name().equals(to.name()));
    }

    /** All ways from a source to others, no source being passed twice. */
    private List<End> ways(Source source) {
        var found = new ArrayList<End>();
        collect(new End(List.of(), source), new HashSet<>(Set.of(source.name())), found);
        return found;
    }

    private void collect(End end, Set<String> passed, List<End> found) {
        for (var link : end.source().pointers()) {
            var next =
                    end.length() < MOST_HOPS
                            ? along(end, link, isWithinAccount())
                            : Optional.<End>empty();
            if (next.isPresent() && passed.add(link.to())) {
                found.add(next.get());
                collect(next.get(), passed, found);
                passed.remove(link.to());
            }
        }
    }

    /** A source that links lead to, and what its fields are called as dimensions. */
    public record Reached(Source source, String owner) {}

    /** The sources that the links of one lead to: by their own names where there is one way, else by the link. */
    public static List<Reached> reachedFrom(Source source, Catalog catalog) {
        var ways =
                new Lowering(
                                catalog,
                                java.time.ZoneOffset.UTC,
                                new dev.cairn.domain.problem.Problems())
                        .links()
                        .ways(source);
        return ways.stream()
                .map(way -> {
                    boolean isOnly =
                            ways.stream()
                                            .filter(other -> other.source().equals(way.source()))
                                            .count()
                                    == 1;
                    return new Reached(
                            way.source(), isOnly ? way.source().name() : way.text(source));
                })
                .toList();
    }
}
