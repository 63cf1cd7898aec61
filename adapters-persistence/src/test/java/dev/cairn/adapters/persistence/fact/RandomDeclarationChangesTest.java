package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.Declarations.trySave;
import static dev.cairn.adapters.persistence.Declarations.where;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.Imports;
import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** After a declaration has changed, the table is the one that importing the same files by the new declaration makes; or nothing has changed. */
class RandomDeclarationChangesTest {
    private static final int FEW = 15;
    private static final int MANY = 300;
    private static final int ROWS = 25;
    private static final List<String> COLUMNS =
            List.of("number", "begun", "ended", "customer", "a", "note");

    private static final Notation TRIMMED =
            new Notation(
                    null, List.of(), null, null, null, null, List.of(), null, null, true, null,
                    null);
    private static final Notation LOWER =
            new Notation(
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    Notation.LetterCase.LOWER,
                    null);

    @RegisterExtension final MigratedDatabase changed = new MigratedDatabase();
    @RegisterExtension final MigratedDatabase fresh = new MigratedDatabase();

    @Test
    void a_table_is_what_an_import_by_the_new_declaration_makes_or_stays_as_it_was() {
        change(0, FEW);
    }

    @Tag("long")
    @Test
    void many_more_tables_are_what_an_import_makes_or_stay_as_they_were() {
        change(FEW, MANY);
    }

    private void change(int from, int to) {
        int redone = 0;
        int leftOut = 0;
        int refused = 0;
        for (int seed = from; seed < to; seed++) {
            var random = new Random(seed);
            boolean keyed = random.nextInt(3) > 0;
            var first = declaration("s" + seed, keyed, random);
            var second = declaration("s" + seed, keyed, random);
            var files = List.of(file(seed, random), file(seed, random));
            var condition = any(random, null, null, null, null, null, "a > 3");
            var before = where(first, condition);
            var after =
                    where(
                            second,
                            any(random, condition, condition, condition, "a > 3", "note != 'x'"));
            save(changed.dataSource(), before);
            imports(changed, before, files);
            var old = contents(changed, before);
            switch (trySave(changed.dataSource(), after)) {
                case Saved.Done(_, var rows) -> {
                    save(fresh.dataSource(), after);
                    imports(fresh, after, files);
                    assertThat(contents(changed, after))
                            .as("seed %d: %s became %s", seed, before, after)
                            .isEqualTo(contents(fresh, after));
                    redone +=
                            rows.values().stream()
                                            .anyMatch(one -> one.rows() > 0 || one.leftOut() > 0)
                                    ? 1
                                    : 0;
                    leftOut += rows.values().stream().anyMatch(one -> one.leftOut() > 0) ? 1 : 0;
                }
                case Saved.Refused _ -> {
                    refused++;
                    assertThat(contents(changed, before)).isEqualTo(old);
                }
                case Saved.Conflict conflict -> throw new AssertionError(conflict);
            }
        }
        assertThat(redone).as("changes that made rows anew").isGreaterThan((to - from) / 10);
        assertThat(leftOut)
                .as("changes that left rows out")
                .isGreaterThanOrEqualTo((to - from) / 100);
        assertThat(refused).as("changes that were refused").isGreaterThan((to - from) / 6);
    }

    private static Source declaration(String name, boolean keyed, Random random) {
        var fields = new ArrayList<Field>();
        fields.add(Field.of("number", DataType.INTEGER));
        fields.add(Field.of("begun", DataType.TIMESTAMP));
        fields.add(Field.of("ended", DataType.TIMESTAMP));
        fields.add(Field.of("customer", DataType.TEXT));
        fields.add(
                new Field(
                        "a",
                        "a",
                        DataType.INTEGER,
                        null,
                        null,
                        some(random, "11", "12", "x"),
                        number(any(random, null, null, "0", "2")),
                        number(any(random, null, null, "10", "11"))));
        fields.add(
                new Field(
                        "note",
                        "note",
                        DataType.TEXT,
                        null,
                        null,
                        some(random, "n/a", "none"),
                        null,
                        null,
                        any(random, Notation.STANDARD, Notation.STANDARD, TRIMMED, LOWER)));
        fields.add(
                computed(
                        "at",
                        DataType.TIMESTAMP,
                        any(
                                random,
                                "coalesce(ended, begun)",
                                "coalesce(ended, begun)",
                                "case when note = 'x' then begun else coalesce(ended, begun) end")));
        var formula = any(random, null, "a * 2", "coalesce(a, 0) + number", "a / 4");
        if (formula != null) {
            fields.add(computed("c", DataType.DECIMAL, formula));
        }
        return source(name, keyed ? List.of("number") : List.of(), fields.toArray(Field[]::new));
    }

    private static Field computed(String name, DataType type, String formula) {
        return new Field(name, name, type, null, formula, List.of(), null, null);
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    @SafeVarargs
    private static <T extends @Nullable Object> T any(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Mostly the same, so that not everything is refused for that. */
    private static List<String> some(Random random, String... codes) {
        return Arrays.stream(codes).filter(_ -> random.nextInt(5) == 0).toList();
    }

    private static List<List<String>> file(int seed, Random random) {
        var lines = new ArrayList<List<String>>();
        boolean clean = random.nextBoolean();
        for (int number = 0; number < ROWS; number++) {
            lines.add(
                    List.of(
                            String.valueOf(number),
                            "2026-01-%02d 10:00".formatted(1 + random.nextInt(28)),
                            any(random, "", "2026-02-%02d 10:00".formatted(1 + random.nextInt(28))),
                            any(random, "", "a%d-1".formatted(seed), "a%d-2".formatted(seed)),
                            clean
                                    ? any(random, "3", "04", "9")
                                    : any(random, "", "1", "02", "10", "11", "15"),
                            clean
                                    ? any(random, "x", "y")
                                    : any(random, "", " x", "n/a", "None ", " ", "none")));
        }
        return lines;
    }

    private static void imports(
            MigratedDatabase database, Source source, List<List<List<String>>> files) {
        files.forEach(file -> Imports.take(database.dataSource(), source.name(), COLUMNS, file));
    }

    /** The facts in force, since when their accounts exist, and the coverage. */
    private static List<List<@Nullable Object>> contents(MigratedDatabase database, Source source) {
        var dsl = Facts.in(database.dataSource()).dsl();
        var facts = new FactTable(source.name());
        var contents = new ArrayList<List<@Nullable Object>>();
        dsl.select(facts.sourceKey(), facts.occurred(), ACCOUNT.ACCOUNT_KEY)
                .select(ACCOUNT.FIRST_FACT)
                .select(facts.columns(source))
                .from(facts.table())
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(facts.accountId()))
                .where(facts.inForce())
                .orderBy(facts.sourceKey())
                .forEach(row -> contents.add(plain(row.intoArray())));
        dsl.select(SOURCE_STATE.FROM_DATE, SOURCE_STATE.UNTIL_DATE)
                .from(SOURCE_STATE)
                .where(SOURCE_STATE.SOURCE.eq(source.name()))
                .forEach(row -> contents.add(plain(row.intoArray())));
        return contents;
    }

    private static List<@Nullable Object> plain(@Nullable Object[] values) {
        var plain = new ArrayList<@Nullable Object>();
        for (Object value : values) {
            plain.add(value instanceof BigDecimal number ? number.stripTrailingZeros() : value);
        }
        return plain;
    }
}
