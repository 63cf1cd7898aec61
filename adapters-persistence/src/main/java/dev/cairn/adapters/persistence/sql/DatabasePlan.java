package dev.cairn.adapters.persistence.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How PostgreSQL would execute a statement: steps, names of tables and indexes, numbers. Conditions are left out, as values stand in them. */
final class DatabasePlan {
    private DatabasePlan() {}

    /** Each step a line, indented by two spaces beneath the step it serves. */
    static List<String> of(DSLContext dsl, ResultQuery<?> statement) {
        var found =
                dsl.fetchSingle(DSL.resultQuery("explain (format json) {0}", statement))
                        .get(0, String.class);
        var lines = new ArrayList<String>();
        for (var plan : JsonMapper.shared().readTree(Objects.requireNonNull(found))) {
            add(plan.path("Plan"), 0, lines);
        }
        return lines;
    }

    private static void add(JsonNode step, int depth, List<String> lines) {
        lines.add(
                "%s%s%s%s  rows=%d cost=%.0f"
                        .formatted(
                                "  ".repeat(depth),
                                step.path("Node Type").asString(""),
                                named(" on ", step.path("Relation Name")),
                                named(" using ", step.path("Index Name")),
                                step.path("Plan Rows").asLong(0),
                                step.path("Total Cost").asDouble(0)));
        for (var below : step.path("Plans")) {
            add(below, depth + 1, lines);
        }
    }

    private static String named(String word, JsonNode name) {
        return name.isMissingNode() ? "" : word + name.asString("");
    }
}
