package dev.cairn.testkit.data;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declares a source; the first date or timestamp is its time unless {@link #time} says another. Local times are of UTC unless said. */
public final class SourceBuilder {
    private final String name;
    private final List<Field> fields = new ArrayList<>();
    private List<String> key = List.of();
    private final List<Link> links = new ArrayList<>();
    private ZoneId zone = ZoneId.of("UTC");
    private @Nullable String time;
    private @Nullable String firstTime;
    private @Nullable Validity validity;
    private @Nullable Rates rates;
    private @Nullable String account;
    private List<String> accountParts = List.of();
    private @Nullable String accountVia;
    private boolean isTimeless;
    private @Nullable String start;
    private @Nullable String removed;
    private boolean isEntity;
    private @Nullable History history;
    private @Nullable String user;
    private @Nullable LocalDate coverageFrom;
    private @Nullable LocalDate coverageUntil;

    private SourceBuilder(String name) {
        this.name = name;
    }

    public static SourceBuilder source(String name) {
        return new SourceBuilder(name);
    }

    public SourceBuilder field(String field, DataType type) {
        fields.add(Field.of(field, type));
        return this;
    }

    public SourceBuilder timestamp(String field) {
        firstTime = firstTime == null ? field : firstTime;
        return field(field, DataType.TIMESTAMP);
    }

    public SourceBuilder date(String field) {
        firstTime = firstTime == null ? field : firstTime;
        return field(field, DataType.DATE);
    }

    /** The text field that holds the account's key. */
    public SourceBuilder account(String field) {
        account = field;
        return text(field);
    }

    /** The text field that holds the user's key. */
    public SourceBuilder user(String field) {
        user = field;
        return text(field);
    }

    /** Fields that together hold the account's key. */
    public SourceBuilder accountOf(String... fieldNames) {
        accountParts = List.of(fieldNames);
        return this;
    }

    /** A member in a role, whose key several fields say. */
    public SourceBuilder role(String link, String... fieldNames) {
        links.add(new Link(link, new LinkTarget.OfEntity(EntityRef.ACCOUNT), List.of(fieldNames)));
        return this;
    }

    public SourceBuilder text(String field) {
        return field(field, DataType.TEXT);
    }

    public SourceBuilder integer(String field) {
        return field(field, DataType.INTEGER);
    }

    public SourceBuilder decimal(String field) {
        return field(field, DataType.DECIMAL);
    }

    public SourceBuilder flag(String field) {
        return field(field, DataType.BOOLEAN);
    }

    public SourceBuilder money(String field, String currency) {
        fields.add(new Field(field, field, DataType.MONEY, currency, null, List.of(), null, null));
        return this;
    }

    /** @param holder the field that holds the currency of each row */
    public SourceBuilder moneyIn(String field, String holder) {
        fields.add(Field.of(field, DataType.MONEY).inCurrencyOf(holder));
        return this;
    }

    /** A field that is computed from others of its row, or of rows that its links lead to. */
    public SourceBuilder computed(String field, DataType type, String formula) {
        fields.add(new Field(field, field, type, null, formula, List.of(), null, null));
        return this;
    }

    /** An amount that is computed, in the currency that another field says. */
    public SourceBuilder computedMoneyIn(String field, String holder, String formula) {
        fields.add(
                new Field(field, field, DataType.MONEY, null, formula, List.of(), null, null)
                        .inCurrencyOf(holder));
        return this;
    }

    public SourceBuilder time(String field) {
        time = field;
        return this;
    }

    /** From when until when a row holds; the source has a time besides only where {@link #time} says so. */
    public SourceBuilder validity(String from, String until, String... per) {
        validity = new Validity(from, until, List.of(per));
        return this;
    }

    /** That the rows are rates of exchange. */
    public SourceBuilder rates(String currency, String to, String rate, int carry) {
        rates = new Rates(currency, to, rate, carry);
        return this;
    }

    public SourceBuilder zone(String id) {
        zone = ZoneId.of(id);
        return this;
    }

    public SourceBuilder key(String... fieldNames) {
        key = List.of(fieldNames);
        return this;
    }

    /** Complete from one day until another, out. */
    public SourceBuilder coverage(String from, String until) {
        coverageFrom = LocalDate.parse(from);
        coverageUntil = LocalDate.parse(until);
        return this;
    }

    /** A row of another source, whose key the fields say. */
    public SourceBuilder link(String link, String target, String... fieldNames) {
        links.add(new Link(link, target, List.of(fieldNames)));
        return this;
    }

    /** A member in a role, whose key the field says. */
    public SourceBuilder link(String link, EntityRef entity, String fieldName) {
        links.add(new Link(link, entity, fieldName));
        return this;
    }

    /** A fact has the account of the row that a link leads to. */
    public SourceBuilder accountVia(String link) {
        accountVia = link;
        return this;
    }

    /** A declared entity in place of a source; its members are loaded as facts are, from {@code 0001-01-01} on and until none. */
    public static SourceBuilder entity(String name) {
        var entity = source(name);
        entity.isEntity = true;
        return entity;
    }

    /** Members exist from and until the days that two attributes say; null: always. What is loaded says it too, behind the attributes. */
    public SourceBuilder existing(@Nullable String from, @Nullable String until) {
        start = from;
        removed = until;
        return this;
    }

    /** From when until when the attributes of a row hold, both dates that are declared too. */
    public SourceBuilder history(String from, String until) {
        history = new History.Intervals(from, until);
        return this;
    }

    /** From when the attributes of a row hold, until those of the next. */
    public SourceBuilder snapshots(String on) {
        history = new History.Snapshots(on);
        return this;
    }

    /** Its rows are of no time. */
    public SourceBuilder timeless() {
        isTimeless = true;
        return this;
    }

    public Source build() {
        if (isTimeless) {
            return new Source(name, name, "", null, zone, null, null, account, user, key, fields)
                    .with(links)
                    .withAccountVia(accountVia)
                    .timeless();
        }
        if (isEntity) {
            return Source.entity(name, name, "", key, fields, Notation.STANDARD, links, history)
                    .existing(start, removed);
        }
        var happened = time != null || validity != null ? time : firstTime;
        if (happened == null && validity == null) {
            throw new IllegalStateException("source " + name + " has no time");
        }
        return new Source(
                        name,
                        name,
                        "",
                        happened,
                        zone,
                        coverageFrom,
                        coverageUntil,
                        account,
                        user,
                        key,
                        fields)
                .with(validity)
                .with(links)
                .withAccountVia(accountVia)
                .withRates(rates)
                .withAccountOf(accountParts)
                .withMadeKeys();
    }
}
