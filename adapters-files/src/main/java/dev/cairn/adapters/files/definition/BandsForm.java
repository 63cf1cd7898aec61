package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Band;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code bands: {red: {below: 50}, yellow: {below: 75}, green: {}}}, from the least values to the greatest. */
final class BandsForm {
    private BandsForm() {}

    static List<Band> read(Keys keys) {
        var written = keys.mapping("bands");
        if (written == null) {
            return List.of();
        }
        var bands = new ArrayList<Band>();
        for (var name : written.names()) {
            var band = written.mapping(name);
            bands.add(new Band(name, band == null ? null : below(band)));
            if (band != null) {
                band.finish("band");
            }
        }
        return bands;
    }

    private static @Nullable BigDecimal below(Keys band) {
        var scalar = band.scalar("below");
        if (scalar == null) {
            return null;
        }
        if (!FieldForm.NUMBER.matcher(scalar.getValue()).matches()) {
            band.findings()
                    .report(
                            ProblemCode.BAD_VALUE,
                            band.path("below"),
                            scalar,
                            "'%s' is no number: write 50 or 0.95.",
                            scalar.getValue());
            return null;
        }
        return new BigDecimal(scalar.getValue());
    }
}
