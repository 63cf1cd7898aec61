package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.why.Piece.Moved;
import dev.cairn.domain.why.Why;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a value moved, for programs. */
public final class WhyData {
    private WhyData() {}

    public static Map<String, @Nullable Object> of(Why why) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("metric", why.metric());
        shown.put("unit", why.unit());
        shown.put("currency", why.currency());
        shown.put("sentence", why.sentence());
        shown.put("from", why.from());
        shown.put("to", why.to());
        shown.put("change", why.change());
        shown.put("asOf", why.asOf().toString());
        shown.put("notices", why.notices());
        shown.put("pieces", why.lines().stream().map(WhyData::line).toList());
        return shown;
    }

    private static Map<String, @Nullable Object> line(Why.Line line) {
        var piece = line.piece();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("number", line.number());
        shown.put("parent", line.parent());
        shown.put("level", line.level());
        shown.put("axis", line.axis());
        shown.put("what", piece.what());
        shown.put("kind", piece.kind());
        shown.put("from", piece.from());
        shown.put("to", piece.to());
        shown.put("contribution", piece.contribution());
        shown.put("accounts", piece.accounts());
        shown.put("moved", piece.moved().stream().map(WhyData::moved).toList());
        return shown;
    }

    private static Map<String, @Nullable Object> moved(Moved moved) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("account", moved.account().value());
        shown.put("from", moved.from());
        shown.put("to", moved.to());
        shown.put("contribution", moved.contribution());
        return shown;
    }
}
