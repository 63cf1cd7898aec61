package dev.cairn.application.service;

import dev.cairn.application.port.ApiKey;
import dev.cairn.application.port.Identity;
import dev.cairn.application.port.KeyText;
import dev.cairn.application.port.in.KeysUseCase;
import dev.cairn.application.port.in.ScopesUseCase;
import dev.cairn.application.port.out.KeyStore;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes and revokes keys. */
public final class KeysService implements KeysUseCase {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.@-]{0,59}");
    private static final Pattern CLAIM = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    private final KeyStore store;
    private final ScopesUseCase scopes;
    private final Supplier<byte[]> chance;
    private final Clock clock;

    /**
     * @param chance {@link KeyText#RANDOM_BYTES} that nobody can guess
     */
    public KeysService(KeyStore store, ScopesUseCase scopes, Supplier<byte[]> chance, Clock clock) {
        this.store = store;
        this.scopes = scopes;
        this.chance = chance;
        this.clock = clock;
    }

    @Override
    public Outcome create(NewKey wanted) {
        var problems = problems(wanted);
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems);
        }
        var text = KeyText.of(chance.get());
        // As exact as a database keeps it.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var identity =
                new Identity(
                        wanted.name(),
                        wanted.role(),
                        wanted.everything(),
                        wanted.scopes(),
                        wanted.claims());
        var key = new ApiKey(text.hash(), identity, now, end(wanted, now), null, null);
        return store.add(key)
                ? new Outcome.Created(key, text)
                : new Outcome.Rejected(
                        List.of(
                                Problem.of(
                                        ProblemCode.CONFLICT,
                                        Place.of("name"),
                                        "There is, or was, a key of the name '%s'. A name is of one key for ever, so that it is clear later who asked: take another.",
                                        wanted.name())));
    }

    private static @Nullable Instant end(NewKey wanted, Instant now) {
        return wanted.lasts() == null ? null : now.plus(wanted.lasts());
    }

    private List<Problem> problems(NewKey wanted) {
        var problems = new ArrayList<Problem>();
        if (!NAME.matcher(wanted.name()).matches()) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of("name"),
                            "The name of a key has up to 60 small letters, digits and '_', '-', '.', '@', and begins with a letter or digit; not '%s'.",
                            wanted.name()));
        }
        if (wanted.everything() != wanted.scopes().isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.MISSING,
                            Place.of("scope"),
                            "Say which accounts the key sees: names of scopes, or everything; not both."));
        }
        if (!wanted.scopes().isEmpty()
                && scopes.of(wanted.scopes(), wanted.claims())
                        instanceof ScopesUseCase.Outcome.Refused(var refused)) {
            refused.stream().map(problem -> problem.in(Place.of("scope"))).forEach(problems::add);
        }
        wanted.claims().keySet().stream()
                .filter(claim -> !CLAIM.matcher(claim).matches())
                .sorted()
                .map(claim ->
                        Problem.of(
                                ProblemCode.BAD_VALUE,
                                Place.of("claim"),
                                "The name of a claim has small letters, digits and '_', as in caller.csm; not '%s'.",
                                claim))
                .forEach(problems::add);
        if (wanted.lasts() != null && !wanted.lasts().isPositive()) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of("expires"),
                            "A key lasts longer than no time at all."));
        }
        return problems;
    }

    @Override
    public List<ApiKey> keys() {
        return store.keys();
    }

    @Override
    public Revocation revoke(List<String> names) {
        var known = store.keys().stream().map(ApiKey::name).collect(Collectors.toSet());
        var problems =
                names.stream()
                        .filter(name -> !known.contains(name))
                        .map(name ->
                                Problem.of(
                                                ProblemCode.BAD_KEY,
                                                Place.of("name"),
                                                "There is no key of the name '%s'.",
                                                name)
                                        .suggesting(NearestNames.nearest(name, known)))
                        .toList();
        if (!problems.isEmpty()) {
            return new Revocation.Rejected(problems);
        }
        var now = clock.instant();
        return new Revocation.Revoked(
                names.stream()
                        .distinct()
                        .map(name -> store.revoke(name, now))
                        .flatMap(Optional::stream)
                        .toList());
    }
}
