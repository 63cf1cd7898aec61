package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.trust.Check;
import dev.cairn.domain.trust.SourceTrust;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far sources can be trusted, for programs, by the names that GraphQL gives. */
public final class TrustData {
    private TrustData() {}

    static List<Map<String, @Nullable Object>> of(List<SourceTrust> trusts) {
        return trusts.stream().map(TrustData::of).toList();
    }

    public static Map<String, @Nullable Object> of(SourceTrust trust) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("source", trust.source());
        said.put("grade", Objects.toString(trust.grade(), null));
        said.put("checks", trust.checks().stream().map(TrustData::of).toList());
        said.put(
                "broken",
                trust.broken().stream()
                        .map(stretch ->
                                Map.of(
                                        "from", stretch.from().toString(),
                                        "to", stretch.until().toString(),
                                        "why", stretch.why(),
                                        "declared", stretch.declared()))
                        .toList());
        said.put("since", Objects.toString(trust.since(), null));
        said.put("measuredAt", Objects.toString(trust.measuredAt(), null));
        return said;
    }

    private static Map<String, @Nullable Object> of(Check check) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("name", check.name());
        said.put("kind", check.kind().name());
        said.put("field", check.field());
        said.put("status", check.status().name());
        said.put("figure", check.figure());
        said.put("allowed", check.allowed());
        said.put("from", Objects.toString(check.from(), null));
        said.put("to", Objects.toString(check.until(), null));
        said.put("found", check.found());
        said.put("action", check.action());
        return said;
    }
}
