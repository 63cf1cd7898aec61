package dev.cairn.application.service;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.OfPack;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.application.port.out.DefinitionFiles.Read;
import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.application.port.out.Packs;
import dev.cairn.application.port.out.Packs.Pack;
import dev.cairn.application.port.out.Packs.Setting;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.catalog.Origin;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a pack with its settings put in, and defines what is in it. */
public final class PacksService implements PacksUseCase {
    /** Nothing that could end a text of YAML or of a formula. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./+-]{0,49}");

    private static final Read NOTHING =
            new Read(0, List.of(), List.of(), problem -> problem, _ -> false);

    private final Packs packs;
    private final Catalogs catalogs;
    private final DefineUseCase definitions;
    private final DefinitionText texts;

    public PacksService(
            Packs packs, Catalogs catalogs, DefineUseCase definitions, DefinitionText texts) {
        this.packs = packs;
        this.catalogs = catalogs;
        this.definitions = definitions;
        this.texts = texts;
    }

    @Override
    public List<PackState> packs() {
        var catalog = catalogs.latest();
        return packs.all().stream().map(pack -> state(pack, catalog)).toList();
    }

    private static PackState state(Pack pack, Catalog catalog) {
        var applied = applied(pack, catalog);
        return new PackState(
                pack.name(),
                pack.version(),
                pack.description(),
                applied.map(Origin::version).orElse(null),
                settings(pack, applied, Map.of()),
                (int) of(pack, catalog).stream().filter(Entry::isOfPack).count(),
                of(pack, catalog).stream()
                        .filter(entry -> !entry.isOfPack())
                        .map(Entry::name)
                        .toList());
    }

    private static List<Entry> of(Pack pack, Catalog catalog) {
        return catalog.entries().stream()
                .filter(entry ->
                        entry.origin() != null && entry.origin().pack().equals(pack.name()))
                .toList();
    }

    private static Optional<Origin> applied(Pack pack, Catalog catalog) {
        return of(pack, catalog).stream()
                .filter(Entry::isOfPack)
                .map(Entry::origin)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Map<String, String> settings(
            Pack pack, Optional<Origin> applied, Map<String, String> given) {
        var settings = new LinkedHashMap<String, String>();
        for (var setting : pack.settings()) {
            var before = applied.map(Origin::settings).orElse(Map.of()).get(setting.name());
            settings.put(
                    setting.name(),
                    given.getOrDefault(
                            setting.name(), before == null ? setting.standard() : before));
        }
        return settings;
    }

    @Override
    public Outcome apply(Request request) {
        var known = packs.all();
        var pack = known.stream().filter(one -> one.name().equals(request.pack())).findFirst();
        return pack.isEmpty()
                ? new Outcome.Rejected(List.of(unknown(request.pack(), known)))
                : apply(pack.get(), request);
    }

    private static Problem unknown(String pack, List<Pack> known) {
        var names = known.stream().map(Pack::name).toList();
        return Problem.of(
                        ProblemCode.BAD_VALUE,
                        Place.NOWHERE,
                        "No pack '%s'; there is: %s.",
                        pack,
                        String.join(", ", names))
                .suggesting(NearestNames.nearest(pack, names));
    }

    private Outcome apply(Pack pack, Request request) {
        var before = catalogs.latest();
        var settings = settings(pack, applied(pack, before), request.settings());
        var problems = problemsOfSettings(pack, request.settings());
        var read = request.retire() ? NOTHING : packs.read(pack, settings);
        problems.addAll(read.problems());
        problems.addAll(neverDefined(request.restored(), read));
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems);
        }
        var drafts =
                read.definitions().stream()
                        .map(placed -> new Draft(placed.definition(), placed.place()))
                        .toList();
        var origin = new Origin(pack.name(), pack.version(), settings);
        var ofPack = new OfPack(origin, request.restored());
        return switch (definitions.define(
                new DefineUseCase.Request(drafts, false, request.validateOnly(), ofPack)
                        .by(Author.local("packs")))) {
            case DefineUseCase.Outcome.Applied(var changes) ->
                    new Outcome.Applied(
                            pack.version(),
                            changes,
                            new Differences(before, texts).of(changes, read.definitions()));
            case DefineUseCase.Outcome.Rejected(var rejected) ->
                    new Outcome.Rejected(
                            rejected.stream().map(read.locator()).toList(),
                            kept(read, before, request.restored()));
        };
    }

    private static List<String> kept(Read read, Catalog before, Set<String> restored) {
        return read.definitions().stream()
                .map(placed -> placed.definition().name())
                .filter(name -> !restored.contains(name))
                .filter(name ->
                        before.entry(name)
                                .filter(entry -> entry.version() > 0 && !entry.isOfPack())
                                .isPresent())
                .toList();
    }

    private static List<Problem> problemsOfSettings(Pack pack, Map<String, String> given) {
        var problems = new ArrayList<Problem>();
        var names = pack.settings().stream().map(Setting::name).toList();
        given.forEach((name, value) -> {
            if (pack.setting(name).isEmpty()) {
                problems.add(
                        Problem.of(
                                        ProblemCode.UNKNOWN_PARAMETER,
                                        Place.NOWHERE,
                                        "The pack '%s' has no setting '%s'; it has: %s.",
                                        pack.name(),
                                        name,
                                        names.isEmpty() ? "none" : String.join(", ", names))
                                .suggesting(NearestNames.nearest(name, names)));
            } else if (!VALUE.matcher(value).matches()) {
                problems.add(
                        Problem.of(
                                ProblemCode.BAD_VALUE,
                                Place.NOWHERE,
                                "'%s' cannot be the setting '%s': letters, digits and _ . / + - only, at most 50.",
                                value,
                                name));
            }
        });
        return problems;
    }

    private static List<Problem> neverDefined(Set<String> restored, Read read) {
        var names =
                read.definitions().stream()
                        .map(placed -> placed.definition().name())
                        .collect(Collectors.toCollection(TreeSet::new));
        return restored.stream()
                .filter(name -> read.problems().isEmpty() && !names.contains(name))
                .sorted()
                .map(name ->
                        Problem.of(
                                        ProblemCode.BAD_VALUE,
                                        Place.NOWHERE,
                                        "The pack defines no '%s'.",
                                        name)
                                .suggesting(NearestNames.nearest(name, names)))
                .toList();
    }
}
