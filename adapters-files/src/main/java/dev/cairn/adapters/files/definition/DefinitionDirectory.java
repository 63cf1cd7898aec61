package dev.cairn.adapters.files.definition;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A directory of definition files, with those beneath it; hidden ones are not looked at. */
public final class DefinitionDirectory {
    private DefinitionDirectory() {}

    /**
     * Files found.
     *
     * @param problems of files that cannot be read as text, or that there are none
     */
    public record Found(List<DefinitionFile> files, List<Problem> problems) {
        public Found {
            files = List.copyOf(files);
            problems = List.copyOf(problems);
        }
    }

    /** All {@code *.yaml} and {@code *.yml} beneath a directory, in the order of their paths; or the one file, whatever it is called. */
    public static Found read(Path start) throws IOException {
        if (!Files.exists(start)) {
            return nothing(start, "There is no file or directory %s.");
        }
        var paths = Files.isDirectory(start) ? beneath(start) : List.of(start);
        if (paths.isEmpty()) {
            return nothing(start, "There is no *.yaml or *.yml beneath %s.");
        }
        var files = new ArrayList<DefinitionFile>();
        var problems = new ArrayList<Problem>();
        for (Path path : paths) {
            readFile(path, files, problems);
        }
        return new Found(files, problems);
    }

    /**
     * Writes each definition that somebody made to a file of its own, {@code kind/name.yaml}. Nothing is written where other definition files
     * stand in the way: read again, they would be taken for definitions too.
     */
    public static List<Problem> write(Path directory, Collection<Entry> entries)
            throws IOException {
        var texts = new TreeMap<Path, String>();
        var entities =
                entries.stream()
                        .map(Entry::definition)
                        .filter(definition -> definition instanceof Source of && of.isEntity())
                        .map(Definition::name)
                        .collect(Collectors.toSet());
        for (Entry entry : entries) {
            if (entry.version() > 0) {
                var definition = leadingToEntities(entry.definition(), entities);
                texts.put(
                        directory.resolve(definition.kind()).resolve(definition.name() + ".yaml"),
                        DefinitionWriter.text(definition));
            }
        }
        var inTheWay = inTheWay(directory, texts.keySet());
        if (!inTheWay.isEmpty()) {
            return inTheWay;
        }
        Files.createDirectories(directory);
        for (var text : texts.entrySet()) {
            Files.createDirectories(text.getKey().resolveSibling(""));
            Files.writeString(text.getKey(), text.getValue());
        }
        return List.of();
    }

    /** Links to declared entities say so, however they were written. */
    private static Definition leadingToEntities(Definition definition, Set<String> entities) {
        return switch (definition) {
            case Source source -> source.with(leadingToEntities(source.pointers(), entities));
            case Entity entity -> entity.leadingBy(leadingToEntities(entity.links(), entities));
            case Slice _,
                    Metric _,
                    Cohort _,
                    Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Success _,
                    Scope _,
                    Question _,
                    Alert _ ->
                    definition;
        };
    }

    private static List<Link> leadingToEntities(List<Link> links, Set<String> entities) {
        return links.stream()
                .map(link ->
                        entities.contains(link.to())
                                ? new Link(
                                        link.name(),
                                        new LinkTarget.OfEntity(new EntityRef(link.to())),
                                        link.fields())
                                : link)
                .toList();
    }

    private static List<Problem> inTheWay(Path directory, Set<Path> own) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            return List.of(
                    Problem.of(
                            ProblemCode.CONFLICT,
                            Place.of(name(directory)),
                            "%s is a file, not a directory.",
                            name(directory)));
        }
        var others = new TreeSet<>(Files.exists(directory) ? beneath(directory) : List.of());
        others.removeAll(own);
        return others.stream()
                .map(path ->
                        Problem.of(
                                ProblemCode.CONFLICT,
                                Place.of(name(path)),
                                "Not written by this export: it would be read along with it. Remove it, or choose another directory."))
                .toList();
    }

    private static Found nothing(Path start, String message) {
        return new Found(
                List.of(),
                List.of(
                        Problem.of(
                                ProblemCode.MISSING, Place.of(name(start)), message, name(start))));
    }

    private static List<Path> beneath(Path start) throws IOException {
        try (var all = Files.walk(start)) {
            return all.filter(path -> !isHidden(start.relativize(path)))
                    .filter(path ->
                            path.toString().endsWith(".yaml") || path.toString().endsWith(".yml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static void readFile(Path path, List<DefinitionFile> files, List<Problem> problems) {
        var name = name(path);
        try {
            if (Files.size(path) > 4L * DefinitionReader.LONGEST) {
                problems.add(DefinitionReader.tooLong(name));
                return;
            }
            var bytes = Files.readAllBytes(path);
            try {
                var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                files.add(new DefinitionFile(name, text.toString()));
            } catch (CharacterCodingException _) {
                problems.add(notUtf8(name, bytes));
            }
        } catch (IOException failed) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of(name),
                            "The file cannot be read: %s.",
                            failed));
        }
    }

    private static Problem notUtf8(String name, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        var before = new Page(name, out.flip().toString());
        int at = before.length();
        return Problem.of(
                ProblemCode.BAD_VALUE,
                new Place(List.of(name), before.line(at), before.column(at)),
                "The byte 0x%02x here is not UTF-8: save the file as UTF-8.",
                bytes[in.position()]);
    }

    private static String name(Path path) {
        return path.toString().replace('\\', '/');
    }
}
