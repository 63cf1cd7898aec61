package dev.cairn.adapters.persistence.definition;

import dev.cairn.domain.model.EntityRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Definitions as earlier releases stored them, put into the components of this one. */
final class EarlierDefinitions {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private EarlierDefinitions() {}

    /** Changes what is stored of a definition in place. */
    static void adapt(JsonNode definition) {
        if (definition instanceof ObjectNode alert
                && alert.path("kind").asString("").equals("alert")
                && alert.has("question")) {
            watched(alert);
        }
        if (definition instanceof ObjectNode entity
                && entity.path("kind").asString("").equals("entity")
                && entity.has("keyColumn")) {
            entity.set("key", NODES.arrayNode().add(entity.remove("keyColumn")));
        }
        if (definition instanceof ObjectNode source
                && source.path("kind").asString("").equals("source")) {
            links(source);
            if (!source.has("isEntity")) {
                source.put("isEntity", false);
            }
            if (source.path("expectations") instanceof ObjectNode expectations
                    && !expectations.has("optional")) {
                expectations.put("optional", false);
            }
        }
    }

    /** Of groups in the answer to a question alone. */
    private static void watched(ObjectNode alert) {
        var watched = NODES.objectNode().put("by", "groups");
        watched.set("of", alert.remove("question"));
        watched.set("when", alert.remove("when"));
        watched.set("provisional", alert.remove("provisional"));
        alert.set("watched", watched);
    }

    /** The fields of account and user stood for themselves, and links led to sources alone. */
    private static void links(ObjectNode source) {
        var links = NODES.arrayNode();
        for (var entity : EntityRef.BUILT_IN) {
            var field = source.remove(entity.name() + "Field");
            if (field != null && !field.isNull()) {
                var target = NODES.objectNode().put("by", "entity").put("entity", entity.name());
                links.add(link(entity.name(), target, NODES.arrayNode().add(field)));
            }
        }
        for (var stored : source.path("links")) {
            var link = (ObjectNode) stored;
            var of = link.remove("source");
            if (of == null) {
                links.add(link);
            } else {
                var target = NODES.objectNode().put("by", "source").set("name", of);
                links.add(link(link.path("name").asString(), target, link.path("fields")));
            }
        }
        source.set("links", links);
    }

    private static ObjectNode link(String name, JsonNode target, JsonNode fields) {
        var link = NODES.objectNode().put("name", name);
        link.set("target", target);
        link.set("fields", fields);
        return link;
    }
}
