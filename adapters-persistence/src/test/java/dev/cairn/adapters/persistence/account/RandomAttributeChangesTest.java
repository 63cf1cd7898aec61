package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.trySave;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.Imports;
import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** After a declaration has changed, accounts are what importing the same file by the new declaration makes of them; or nothing has changed. */
class RandomAttributeChangesTest {
    private static final int CHANGES = 24;
    private static final int ROWS = 12;
    private static final List<String> HEADER =
            List.of("account_key", "plan", "seats", "spend", "signed", "ended");
    private static final AttributeTable ATTRIBUTES = new AttributeTable(EntityRef.ACCOUNT);

    @RegisterExtension final MigratedDatabase changed = new MigratedDatabase();
    @RegisterExtension final MigratedDatabase fresh = new MigratedDatabase();

    @Test
    void accounts_are_what_an_import_by_the_new_declaration_makes_or_stay_as_they_were() {
        int redone = 0;
        int refused = 0;
        for (int seed = 0; seed < CHANGES; seed++) {
            var random = new Random(seed);
            var before = declaration(random);
            var after = changed(before, declaration(random), random);
            var lines = lines(random);
            clear(changed);
            save(changed.dataSource(), before);
            boolean inParts = random.nextBoolean();
            take(changed, lines, inParts);
            var old = contents(changed, before);
            switch (trySave(changed.dataSource(), after)) {
                case Saved.Done(_, var rows) -> {
                    clear(fresh);
                    save(fresh.dataSource(), after);
                    take(fresh, lines, !inParts);
                    assertThat(contents(changed, after))
                            .as("seed %d: %s became %s", seed, before, after)
                            .isEqualTo(contents(fresh, after));
                    redone += rows.values().stream().anyMatch(one -> one.rows() > 0) ? 1 : 0;
                }
                case Saved.Refused _ -> {
                    refused++;
                    assertThat(contents(changed, before)).isEqualTo(old);
                }
                case Saved.Conflict conflict -> throw new AssertionError(conflict);
            }
        }
        assertThat(redone).as("changes that made accounts anew").isGreaterThan(CHANGES / 8);
        assertThat(refused).as("changes that were refused").isGreaterThan(CHANGES / 8);
    }

    private static Entity declaration(Random random) {
        var all =
                notation(
                        any(random, null, null, null, null, ",", "."),
                        any(random, null, null, null, true),
                        null);
        return new Entity(
                EntityRef.ACCOUNT,
                "",
                "",
                "account_key",
                List.of(
                        attribute(
                                "plan",
                                DataType.TEXT,
                                random.nextInt(4) == 0 ? List.of("n/a") : List.of(),
                                null,
                                notation(
                                        null,
                                        any(random, null, null, true),
                                        any(random, null, null, Notation.LetterCase.LOWER))),
                        attribute(
                                "seats",
                                DataType.INTEGER,
                                random.nextInt(4) == 0 ? List.of("11") : List.of(),
                                any(random, null, null, null, BigDecimal.TWO),
                                Notation.STANDARD),
                        attribute("spend", DataType.DECIMAL, List.of(), null, Notation.STANDARD),
                        new Attribute(
                                Field.of("signed", DataType.DATE),
                                any(random, Mark.NONE, Mark.START)),
                        new Attribute(
                                Field.of("ended", DataType.DATE),
                                any(random, Mark.NONE, Mark.REMOVED))),
                all);
    }

    /** Some of it as another says, so that not everything is refused for something. */
    private static Entity changed(Entity before, Entity other, Random random) {
        var attributes = new ArrayList<Attribute>();
        for (int i = 0; i < before.attributes().size(); i++) {
            attributes.add((random.nextInt(3) == 0 ? other : before).attributes().get(i));
        }
        return new Entity(
                EntityRef.ACCOUNT,
                "",
                "",
                "account_key",
                attributes,
                random.nextInt(6) == 0 ? other.notation() : before.notation());
    }

    private static Attribute attribute(
            String name,
            DataType type,
            List<String> missing,
            @Nullable BigDecimal min,
            Notation notation) {
        return new Attribute(
                new Field(name, name, type, null, null, missing, min, null, notation), Mark.NONE);
    }

    private static Notation notation(
            @Nullable String decimal,
            @Nullable Boolean trim,
            Notation.@Nullable LetterCase letters) {
        return new Notation(
                null, List.of(), null, null, decimal, null, List.of(), null, null, trim, letters,
                null);
    }

    @SafeVarargs
    private static <T extends @Nullable Object> T any(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Each value can be read by every declaration, though not always as the same. */
    private static List<List<String>> lines(Random random) {
        var lines = new ArrayList<List<String>>();
        boolean clean = random.nextBoolean();
        for (int number = 0; number < ROWS; number++) {
            lines.add(
                    List.of(
                            "a" + number,
                            clean
                                    ? any(random, "Pro", "free")
                                    : any(random, "", " Pro", "pro", "n/a", "n/a ", " "),
                            clean ? any(random, "3", "04") : any(random, "", "1", "02", "011"),
                            any(random, "7", "12"),
                            any(random, "2026-01-01", "2026-02-01"),
                            any(random, "", "2026-03-01")));
        }
        return lines;
    }

    /** Two files of some columns each come to the same as one of all. */
    private static void take(MigratedDatabase database, List<List<String>> lines, boolean inParts) {
        if (inParts) {
            take(database, lines, 0, 3, 4, 5);
            take(database, lines, 0, 1, 2);
        } else {
            take(database, lines, 0, 1, 2, 3, 4, 5);
        }
    }

    private static void take(MigratedDatabase database, List<List<String>> lines, int... columns) {
        Imports.take(
                database.dataSource(),
                "account",
                Arrays.stream(columns).mapToObj(HEADER::get).toList(),
                lines.stream()
                        .map(line -> Arrays.stream(columns).mapToObj(line::get).toList())
                        .toList());
    }

    private static void clear(MigratedDatabase database) {
        var dsl = Postgres.dsl(database.dataSource());
        dsl.deleteFrom(ATTRIBUTES.table()).execute();
        dsl.deleteFrom(ACCOUNT).where(ACCOUNT.ACCOUNT_ID.ne(FactTable.NO_ACCOUNT)).execute();
        dsl.deleteFrom(ACCOUNT_IDENTITY)
                .where(ACCOUNT_IDENTITY.ACCOUNT_ID.ne(FactTable.NO_ACCOUNT))
                .execute();
    }

    private static List<List<@Nullable Object>> contents(MigratedDatabase database, Entity entity) {
        var contents = new ArrayList<List<@Nullable Object>>();
        Postgres.dsl(database.dataSource())
                .select(
                        ACCOUNT.ACCOUNT_KEY,
                        ACCOUNT.DECLARED_START_ON,
                        ACCOUNT.DECLARED_START,
                        ACCOUNT.REMOVED_ON)
                .select(ATTRIBUTES.columns(entity))
                .from(ACCOUNT)
                .join(ATTRIBUTES.table())
                .on(ATTRIBUTES.accountId().eq(ACCOUNT.ACCOUNT_ID))
                .orderBy(ACCOUNT.ACCOUNT_KEY)
                .forEach(row -> contents.add(row.intoList()));
        return contents;
    }
}
