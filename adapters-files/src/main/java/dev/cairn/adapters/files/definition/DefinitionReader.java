package dev.cairn.adapters.files.definition;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.domain.model.TextRule;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads definitions from YAML text: any number of documents to a file, one definition to a document. Nothing is ever constructed from a tag,
 * and values are taken as they are written: {@code yes} and {@code 007} are texts where a text is wanted.
 */
public final class DefinitionReader {
    static final int LONGEST = 4_000_000;
    static final int DEEPEST = 12;
    static final int MOST_ALIASES = 100;

    private final Positions positions = new Positions();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

    private DefinitionReader() {}

    public static ReadDefinitions read(List<DefinitionFile> files) {
        var reader = new DefinitionReader();
        files.forEach(reader::readFile);
        return new ReadDefinitions(reader.drafts, reader.problems, reader.positions);
    }

    private void readFile(DefinitionFile file) {
        var text = file.text().startsWith("\ufeff") ? file.text().substring(1) : file.text();
        if (text.length() > LONGEST) {
            problems.add(tooLong(file.name()));
            return;
        }
        var findings = new Findings(new Page(file.name(), text), positions);
        if (isPrintable(findings) && isSound(text, findings)) {
            readDocuments(text, findings);
        }
        problems.addAll(findings.problems());
    }

    static Problem tooLong(String file) {
        return Problem.of(
                ProblemCode.LIMIT,
                Place.of(file),
                "A file of definitions has at most %d characters; split it.",
                LONGEST);
    }

    private void readDocuments(String text, Findings findings) {
        try {
            for (Node document : yaml().composeAll(new StringReader(text))) {
                findings.about("");
                readDocument(document, findings);
            }
        } catch (MarkedYAMLException failed) {
            findings.about("");
            findings.add(syntax(failed, findings));
        }
    }

    private void readDocument(Node document, Findings findings) {
        if (document instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
            return;
        }
        if (!(document instanceof MappingNode mapping)) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    "",
                    document,
                    "A definition is a mapping: metric: name, then its other keys.");
            return;
        }
        int before = findings.count();
        var definition = new DocumentForm(Keys.of(mapping, "", findings)).read();
        if (definition == null) {
            return;
        }
        var here = findings.place("", mapping.getStartMark().getIndex());
        var other = places.putIfAbsent(definition.name(), here);
        if (other != null) {
            findings.report(
                    ProblemCode.CONFLICT,
                    "",
                    mapping,
                    "'%s' is defined already in %s, line %d.",
                    definition.name(),
                    other.path().getFirst(),
                    other.line());
        }
        if (findings.count() == before) {
            drafts.add(new Draft(definition, here.at(0, 0)));
        }
    }

    /** Depth, aliases, tags and characters, before anything is built from the text. */
    private static boolean isSound(String text, Findings findings) {
        int depth = 0;
        int aliases = 0;
        try {
            for (Iterator<Event> events = yaml().parse(new StringReader(text)).iterator();
                    events.hasNext(); ) {
                var event = events.next();
                depth +=
                        event instanceof CollectionStartEvent
                                ? 1
                                : event instanceof CollectionEndEvent ? -1 : 0;
                aliases += event instanceof AliasEvent ? 1 : 0;
                var problem = unsound(event, depth, aliases, findings);
                if (problem.isPresent()) {
                    findings.add(problem.get());
                    return false;
                }
            }
        } catch (MarkedYAMLException _) {
            // What stands before it is read first; it is met again there, and told.
            return true;
        }
        return true;
    }

    private static Optional<Problem> unsound(
            Event event, int depth, int aliases, Findings findings) {
        var place = findings.place("", event.getStartMark().getIndex());
        if (depth > DEEPEST) {
            return Optional.of(
                    Problem.of(ProblemCode.LIMIT, place, "Nested deeper than %d levels.", DEEPEST));
        }
        if (aliases > MOST_ALIASES) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.LIMIT,
                            place,
                            "More than %d aliases in one file.",
                            MOST_ALIASES));
        }
        if (hasTag(event)) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            place,
                            "Tags are not read here; a text that begins with '!' is quoted."));
        }
        return event instanceof ScalarEvent scalar
                ? TextRule.objection(scalar.getValue())
                        .map(objection ->
                                Problem.of(
                                        ProblemCode.BAD_VALUE,
                                        place,
                                        "There is %s of this text.",
                                        objection))
                : Optional.empty();
    }

    private static boolean hasTag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag() != null;
            case CollectionStartEvent start -> start.getTag() != null;
            default -> false;
        };
    }

    private static boolean isPrintable(Findings findings) {
        var page = findings.page();
        for (int i = 0; i < page.length(); i++) {
            if (!StreamReader.isPrintable(page.at(i))) {
                findings.add(
                        Problem.of(
                                ProblemCode.SYNTAX,
                                findings.place("", i),
                                "The character \\u%04x cannot stand in YAML as it is; in double quotes it can be written as an escape.",
                                page.at(i)));
                return false;
            }
        }
        return true;
    }

    private static Problem syntax(MarkedYAMLException failed, Findings findings) {
        var mark =
                failed.getProblemMark() == null ? failed.getContextMark() : failed.getProblemMark();
        var said = failed.getProblem() == null ? "it does not parse" : failed.getProblem();
        var hint =
                said.startsWith("mapping values are not allowed")
                        ? " A text with ': ' in it is put in quotes."
                        : said.contains("cannot start any token")
                                ? " A text that begins so is put in quotes."
                                : "";
        return Problem.of(
                ProblemCode.SYNTAX,
                findings.place("", mark == null ? 0 : mark.getIndex()),
                "This is no YAML: %s.%s",
                said.strip().replaceAll("\\s+", " "),
                hint);
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setCodePointLimit(LONGEST + 1);
        options.setNestingDepthLimit(DEEPEST + 5);
        options.setMaxAliasesForCollections(MOST_ALIASES + 1);
        return new Yaml(options);
    }
}
