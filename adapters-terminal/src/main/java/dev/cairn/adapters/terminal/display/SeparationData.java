package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How well metrics separate, for programs, by the names that GraphQL gives. */
public final class SeparationData {
    private SeparationData() {}

    public static Map<String, @Nullable Object> of(Separation separation) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("metric", separation.metric());
        said.put("success", separation.success());
        said.put("time", time(separation.time()));
        said.put("whole", separation.whole());
        said.put("undecided", separation.undecided());
        said.put("without", separation.without());
        said.put("trivial", separation.trivial());
        said.put("segments", separation.segments());
        said.put("leads", separation.leads());
        said.put("separatesAhead", separation.separatesAhead());
        said.put(
                "slices",
                separation.slices().stream()
                        .map(slice -> {
                            var written = new LinkedHashMap<String, @Nullable Object>();
                            written.put("from", slice.from().toString());
                            written.put("to", slice.to().toString());
                            written.put("successes", slice.successes());
                            written.put("others", slice.others());
                            written.put("auc", slice.auc());
                            written.put("stability", slice.stability());
                            written.put("shifted", slice.shifted());
                            written.put("turned", slice.turned());
                            return written;
                        })
                        .toList());
        said.put("verdict", separation.verdict().name());
        said.put("reasons", separation.reasons());
        return said;
    }

    public static Map<String, @Nullable Object> of(MetricAudit audit) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("success", audit.success());
        said.put("time", time(audit.time()));
        said.put("trivial", audit.trivial());
        said.put("metrics", audit.rows().stream().map(SeparationData::row).toList());
        said.put("refused", audit.refused());
        return said;
    }

    private static Map<String, @Nullable Object> row(MetricAudit.Row row) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("metric", row.metric().name());
        said.put("label", row.metric().label());
        said.put("owner", row.metric().owner());
        said.put("decision", row.metric().notes().decision());
        said.put("counter", row.metric().counter());
        said.put("strength", row.strength());
        said.put("p", row.p());
        said.put("moved", row.moved());
        said.put("verdict", row.verdict().name());
        said.put("reasons", row.reasons());
        said.put("trust", row.trust());
        said.put("sources", row.sources());
        said.put("gaps", row.gaps().stream().sorted().map(Enum::name).toList());
        return said;
    }

    private static Map<String, @Nullable Object> time(Separation.Time time) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("from", time.from() == null ? null : time.from().toString());
        said.put("to", time.to() == null ? null : time.to().toString());
        said.put("decidedFrom", time.decidedFrom() == null ? null : time.decidedFrom().toString());
        said.put(
                "decidedUntil",
                time.decidedUntil() == null ? null : time.decidedUntil().toString());
        said.put("words", time.words());
        said.put("asOf", time.asOf().toString());
        return said;
    }
}
