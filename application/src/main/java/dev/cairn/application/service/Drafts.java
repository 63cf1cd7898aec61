package dev.cairn.application.service;

import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.OfPack;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.catalog.Meanings;
import dev.cairn.domain.catalog.Origin;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a request would put in force and retire, beside what is in force. */
final class Drafts {
    private final Catalog catalog;
    private final Request request;

    Drafts(Catalog catalog, Request request) {
        this.catalog = catalog;
        this.request = request;
    }

    Map<String, Proposal> proposed(List<Problem> problems) {
        var proposed = new LinkedHashMap<String, Proposal>();
        for (var draft : request.drafts()) {
            var known = known(draft.definition().name());
            objection(draft, known.orElse(null)).ifPresent(problems::add);
            if (proposed.put(draft.definition().name(), proposal(draft, known)) != null) {
                problems.add(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                draft.place(),
                                "'%s' is defined twice.",
                                draft.definition().name()));
            }
        }
        if (request.prune()) {
            inForceAgain(proposed);
        }
        if (request.pack() != null) {
            ofNoPackNow(request.pack(), proposed);
        }
        return proposed;
    }

    private Optional<Entry> known(String name) {
        return catalog.entry(name).filter(entry -> entry.version() > 0);
    }

    private Optional<Problem> objection(Draft draft, @Nullable Entry known) {
        if (known == null || isKept(known)) {
            return known == null && draft.expectedVersion() > 0
                    ? Optional.of(revisedMeanwhile(draft, 0))
                    : Optional.empty();
        }
        var pack = request.pack();
        if (pack != null && isOfAnother(pack, known)) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.CONFLICT,
                            draft.place(),
                            "'%s' is defined by the pack '%s' already.",
                            known.name(),
                            known.origin() == null ? "" : known.origin().pack()));
        }
        if (!known.definition().kind().equals(draft.definition().kind())) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.CONFLICT,
                            draft.place(),
                            "'%s' is the name of %s already; all names are of one space.",
                            known.name(),
                            Article.a(known.definition().kind())));
        }
        return draft.expectedVersion() >= 0 && known.version() != draft.expectedVersion()
                ? Optional.of(revisedMeanwhile(draft, known.version()))
                : Optional.empty();
    }

    private static boolean isOfAnother(OfPack pack, Entry known) {
        return known.isOfPack()
                && known.origin() != null
                && !known.origin().pack().equals(pack.origin().pack());
    }

    private Problem revisedMeanwhile(Draft draft, int version) {
        var name = draft.definition().name();
        return draft.expectedVersion() == 0
                ? Problem.of(
                        ProblemCode.CONFLICT,
                        draft.place(),
                        "The name '%s' is taken: there is %s of that name, at version %d. Revise that, or take another name.",
                        name,
                        Article.a(draft.definition().kind()),
                        version)
                : Problem.of(
                        ProblemCode.CONFLICT,
                        draft.place(),
                        "'%s' is at version %d, not %d: it was revised meanwhile.",
                        name,
                        version,
                        draft.expectedVersion());
    }

    /** Whether a company's own definition stays where a pack has one of the name. */
    private boolean isKept(Entry known) {
        var pack = request.pack();
        return pack != null && !known.isOfPack() && !pack.restored().contains(known.name());
    }

    private Proposal proposal(Draft draft, Optional<Entry> known) {
        var definition = draft.definition();
        if (known.isEmpty()) {
            return new Proposal(
                    new Entry(definition, 1, Map.of(), origin(null)), Action.ADDED, draft.place());
        }
        return isKept(known.get())
                ? kept(known.get(), draft)
                : revision(known.get(), definition, origin(known.get()), draft.place());
    }

    /** Where a draft of this request comes from, or what it stands in the way of. */
    private @Nullable Origin origin(@Nullable Entry known) {
        var pack = request.pack();
        if (pack != null) {
            return pack.origin();
        }
        return known == null || known.origin() == null
                ? null
                : known.origin().insteadOf(known.definition());
    }

    /** One of another kind stands in the way of nothing that could be in force again in its place. */
    private Proposal kept(Entry known, Draft draft) {
        var pack = request.pack();
        boolean isOfSameKind = known.definition().kind().equals(draft.definition().kind());
        var origin =
                pack == null || !isOfSameKind ? null : pack.origin().insteadOf(draft.definition());
        return new Proposal(
                new Entry(known.definition(), known.version(), known.bindings(), origin),
                Action.KEPT,
                draft.place());
    }

    private static Proposal revision(
            Entry known, Definition definition, @Nullable Origin origin, Place place) {
        if (!Meanings.areSame(known.definition(), definition)) {
            return new Proposal(
                    new Entry(definition, known.version() + 1, Map.of(), origin),
                    Action.REVISED,
                    place);
        }
        boolean isOwnNow = known.isOfPack() && (origin == null || origin.standard() != null);
        return new Proposal(
                new Entry(definition, known.version(), known.bindings(), origin),
                known.definition().equals(definition) && !isOwnNow
                        ? Action.UNCHANGED
                        : Action.DESCRIBED,
                place);
    }

    /** The definitions of packs that a company's own, which are not among the drafts, stood in the way of. */
    private void inForceAgain(Map<String, Proposal> proposed) {
        for (var entry : catalog.entries()) {
            var origin = entry.origin();
            if (origin != null
                    && origin.standard() != null
                    && !proposed.containsKey(entry.name())) {
                proposed.put(
                        entry.name(),
                        revision(
                                entry,
                                origin.standard(),
                                new Origin(origin.pack(), origin.version(), origin.settings()),
                                Place.of(entry.name())));
            }
        }
    }

    /** A company's own definitions that stood in the place of what the pack has no more. */
    private void ofNoPackNow(OfPack pack, Map<String, Proposal> proposed) {
        for (var entry : catalog.entries()) {
            var origin = entry.origin();
            if (origin != null
                    && !entry.isOfPack()
                    && origin.pack().equals(pack.origin().pack())
                    && !proposed.containsKey(entry.name())) {
                proposed.put(
                        entry.name(),
                        new Proposal(
                                new Entry(entry.definition(), entry.version(), entry.bindings()),
                                Action.KEPT,
                                Place.of(entry.name())));
            }
        }
    }

    /** A company's own definitions that are pruned, or those of a pack that a version of it has no more. */
    Set<String> retired() {
        var kept =
                request.drafts().stream()
                        .map(draft -> draft.definition().name())
                        .collect(Collectors.toSet());
        return catalog.entries().stream()
                .filter(entry -> entry.version() > 0 && !kept.contains(entry.name()))
                .filter(this::isRetired)
                .map(Entry::name)
                .collect(Collectors.toSet());
    }

    private boolean isRetired(Entry entry) {
        var pack = request.pack();
        var origin = entry.origin();
        return pack == null
                ? request.removed().contains(entry.name())
                        || (request.prune()
                                && origin == null
                                && !(entry.definition() instanceof Baseline))
                : entry.isOfPack() && origin != null && origin.pack().equals(pack.origin().pack());
    }
}
