package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The links of a source as written: {@code ticket: {source: ticket, fields: [ticket_no]}}, {@code host: {entity: account, field: host_id}}, or short {@code ticket: ticket_no} where source and link are of one
 * name.
 *
 * @param declared names of the source's fields
 */
record LinkForm(String source, Set<String> declared, Findings findings) {
    List<Link> read(Keys keys) {
        var written = keys.mapping("links");
        if (written == null) {
            return List.of();
        }
        var links = new ArrayList<Link>();
        for (var name : written.names()) {
            var link = link(name, written);
            if (link != null) {
                links.add(link);
            }
        }
        return links;
    }

    private @Nullable Link link(String name, Keys written) {
        if (EntityRef.isBuiltIn(name)) {
            findings.report(
                    ProblemCode.CONFLICT,
                    written.path(name),
                    written.keyNode(name),
                    "A link cannot be called '%1$s': it is the word for the %1$s of a row, which '%1$s: field' says. Give the link another name.",
                    name);
            written.value(name);
            return null;
        }
        var value = written.value(name);
        if (value == null) {
            findings.report(
                    ProblemCode.MISSING,
                    written.path(name),
                    written.keyNode(name),
                    "A link says the source it leads to and the fields with its key: {source: ticket, fields: [ticket_no]}.");
            return null;
        }
        boolean isShort = value instanceof ScalarNode || value instanceof SequenceNode;
        if (isShort) {
            return of(name, name, fields(written.list(name), written.path(name)));
        }
        var link = written.mapping(name);
        if (link == null) {
            return null;
        }
        boolean isToMember = link.names().contains("entity");
        var target = link.required(isToMember ? "entity" : "source");
        var single = link.list("field");
        var several = link.list("fields");
        var at = link.path(single.isEmpty() ? "fields" : "field");
        var fields = fields(single.isEmpty() ? several : single, at);
        if (single.isEmpty() && several.isEmpty()) {
            findings.report(
                    ProblemCode.MISSING,
                    link.path("fields"),
                    link.node(),
                    "A link says which fields hold the key: fields: [ticket_no].");
        } else if (!single.isEmpty() && !several.isEmpty()) {
            findings.report(
                    ProblemCode.CONFLICT,
                    link.path("field"),
                    link.keyNode("field"),
                    "A link has 'field' or 'fields', not both.");
        }
        link.finish("link");
        if (target == null || fields.isEmpty()) {
            return null;
        }
        return isToMember
                ? new Link(name, new LinkTarget.OfEntity(new EntityRef(target)), fields)
                : of(name, target, fields);
    }

    private static @Nullable Link of(String name, String target, List<String> fields) {
        return fields.isEmpty() ? null : new Link(name, target, fields);
    }

    private List<String> fields(List<ScalarNode> written, String part) {
        var fields = new ArrayList<String>();
        for (var scalar : written) {
            var field = scalar.getValue();
            if (declared.contains(field)) {
                fields.add(field);
            } else {
                findings.unknown(
                        findings.problem(
                                ProblemCode.UNKNOWN_FIELD,
                                part,
                                scalar,
                                "'%s' is not among the fields of %s.",
                                field,
                                source),
                        field,
                        declared);
            }
        }
        return fields;
    }
}
