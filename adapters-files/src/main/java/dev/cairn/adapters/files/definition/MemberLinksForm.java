package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;

/** The links of accounts as written, {@code parent: {entity: account, field: parent_key}}: columns that are no attributes yet become texts. */
record MemberLinksForm(String entity, Keys keys) {
    /** @param attributes those that are declared, and those that links add */
    record Read(List<Attribute> attributes, List<Link> links) {}

    Read read(List<Attribute> declared) {
        var fields = new LinkedHashMap<String, Field>();
        declared.forEach(attribute -> fields.put(attribute.field().name(), attribute.field()));
        if (keys.value("links") instanceof MappingNode links) {
            links.getValue().forEach(link -> EntityForm.addColumns(link.getValueNode(), fields));
        }
        var added =
                fields.values().stream()
                        .skip(declared.size())
                        .map(field -> new Attribute(field, Mark.NONE));
        return new Read(
                Stream.concat(declared.stream(), added).toList(),
                new LinkForm(entity, fields.keySet(), keys.findings()).read(keys));
    }
}
