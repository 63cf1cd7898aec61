package dev.cairn.domain.model;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A named relation of facts.
 *
 * @param timeField the field that says when a fact happened, unless a formula picks another with {@code on}; of type date or timestamp, never
 *     empty; null where the source has a validity only, and a formula must say which time it means
 * @param zone that local times of the file are read in, and that coverage days are of
 * @param coverageFrom first local day from which facts are complete; null: the day of the first fact
 * @param coverageUntil first local day that is not complete; null: the day after the last fact
 * @param key fields that identify a fact; empty: its content and its occurrence number within the file
 * @param notation how values stand in the file where a field's own notation leaves it open
 * @param where row formula over the fields: only rows for which it is true are taken in; null: all
 * @param validity from when until when a row holds; null: rows do not hold for a time. A source has a time, a validity, or both
 * @param links to the account and user that a fact is of, to members in other roles, and to rows of keyed sources
 * @param accountVia name of the link whose row says the account of a fact, in place of a field; null: no link does
 * @param rates that the rows are rates of exchange; null: they are not
 * @param isEntity whether its rows are the members of a declared entity, which exist while they are valid, and no facts
 * @param history how a row of a declared entity says from when its attributes hold: a member has as many rows as they are known of times, told apart by the day
 *     that is the last field of the key; null: one
 * @param mapping the table that its rows stay in; null: they are imported
 * @param expectations what is expected of its facts, by which they are trusted
 */
public record Source(
        String name,
        String label,
        String description,
        @Nullable String timeField,
        ZoneId zone,
        @Nullable LocalDate coverageFrom,
        @Nullable LocalDate coverageUntil,
        List<String> key,
        List<Field> fields,
        Notation notation,
        @Nullable String where,
        @Nullable Validity validity,
        List<Link> links,
        @Nullable String accountVia,
        @Nullable Rates rates,
        boolean isEntity,
        @Nullable History history,
        @Nullable Mapping mapping,
        Expectations expectations)
        implements Definition {
    public Source {
        key = List.copyOf(key);
        fields = List.copyOf(fields);
        // What earlier releases stored has no notation and no links.
        notation = Objects.requireNonNullElse(notation, Notation.STANDARD);
        links = links == null ? List.of() : List.copyOf(links);
        expectations = Objects.requireNonNullElse(expectations, Expectations.NONE);
    }

    /** By name alone: planning looks sources up thousands of times, and two of one name are rarely compared. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** A source of which nothing is expected. */
    public Source(
            String name,
            String label,
            String description,
            @Nullable String timeField,
            ZoneId zone,
            @Nullable LocalDate coverageFrom,
            @Nullable LocalDate coverageUntil,
            List<String> key,
            List<Field> fields,
            Notation notation,
            @Nullable String where,
            @Nullable Validity validity,
            List<Link> links,
            @Nullable String accountVia,
            @Nullable Rates rates,
            boolean isEntity,
            @Nullable History history,
            @Nullable Mapping mapping) {
        this(
                name,
                label,
                description,
                timeField,
                zone,
                coverageFrom,
                coverageUntil,
                key,
                fields,
                notation,
                where,
                validity,
                links,
                accountVia,
                rates,
                isEntity,
                history,
                mapping,
                Expectations.NONE);
    }

    /** A source whose file is written as by default, all of whose rows are taken, and which points at nothing but its account and user; the rest is by {@code with}. */
    public Source(
            String name,
            String label,
            String description,
            @Nullable String timeField,
            ZoneId zone,
            @Nullable LocalDate coverageFrom,
            @Nullable LocalDate coverageUntil,
            @Nullable String accountField,
            @Nullable String userField,
            List<String> key,
            List<Field> fields) {
        this(
                name,
                label,
                description,
                timeField,
                zone,
                coverageFrom,
                coverageUntil,
                key,
                fields,
                Notation.STANDARD,
                null,
                null,
                own(accountField, userField),
                null,
                null,
                false,
                null,
                null);
    }

    /** From and until when a member of a declared entity exists: always. They are stored with each, so that members are read as all that holds for a time. */
    public static final Field EXISTS_FROM = always("exists_from", "date(1, 1, 1)");

    public static final Field EXISTS_UNTIL =
            always("exists_until", "case when false then date(1, 1, 1) end");

    /** What rows of no time have beside their fields; of members that attributes say the existence of, by other formulas. */
    public static final List<Field> IMPLIED = List.of(EXISTS_FROM, EXISTS_UNTIL);

    private static Field always(String name, String formula) {
        return new Field(name, name, DataType.DATE, null, formula, List.of(), null, null);
    }

    /** The day that a member begins to exist on, by an attribute: one without a value exists always. */
    private static Field existsFrom(String attribute) {
        return always(EXISTS_FROM.name(), "coalesce(\"%s\", date(1, 1, 1))".formatted(attribute));
    }

    private static Field existsUntil(String attribute) {
        return always(EXISTS_UNTIL.name(), "\"%s\"".formatted(attribute));
    }

    /** Whether a field says from when or until when its rows hold, which are of no time. */
    public boolean isImplied(Field field) {
        return isTimeless() && IMPLIED.stream().map(Field::name).anyMatch(field.name()::equals);
    }

    /**
     * The declared entity whose members exist for the time that their attributes say.
     *
     * @param start the date from which a member exists; null: always
     * @param removed the date from which it does no more; null: none does
     */
    public Source existing(@Nullable String start, @Nullable String removed) {
        return withFields(
                fields.stream()
                        .map(field ->
                                start != null && field.equals(EXISTS_FROM)
                                        ? existsFrom(start)
                                        : removed != null && field.equals(EXISTS_UNTIL)
                                                ? existsUntil(removed)
                                                : field)
                        .toList());
    }

    /** The mark of an attribute of a declared entity: whether it says from when, or until when, a member exists. */
    public Entity.Mark mark(Field attribute) {
        return fields.contains(existsFrom(attribute.name()))
                ? Entity.Mark.START
                : fields.contains(existsUntil(attribute.name()))
                        ? Entity.Mark.REMOVED
                        : Entity.Mark.NONE;
    }

    /** A declared entity without a history. */
    public static Source entity(
            String name,
            String label,
            String description,
            List<String> key,
            List<Field> attributes,
            Notation notation,
            List<Link> links) {
        return entity(name, label, description, key, attributes, notation, links, null);
    }

    /**
     * A declared entity: a keyed source whose rows, its members, hold always.
     *
     * @param key of a member
     * @param attributes the fields of the key among them, and those that a history begins and ends by
     * @param history null: attributes are as the last file says them
     */
    public static Source entity(
            String name,
            String label,
            String description,
            List<String> key,
            List<Field> attributes,
            Notation notation,
            List<Link> links,
            @Nullable History history) {
        var fields = Stream.concat(attributes.stream(), IMPLIED.stream());
        var begins = Stream.ofNullable(history).map(History::begins);
        return new Source(
                        name,
                        label,
                        description,
                        null,
                        ZoneOffset.UTC,
                        LocalDate.of(1, 1, 1),
                        LocalDate.of(9999, 12, 31),
                        Stream.concat(key.stream(), begins).toList(),
                        fields.toList(),
                        notation,
                        null,
                        new Validity(
                                EXISTS_FROM.name(),
                                EXISTS_UNTIL.name(),
                                history == null ? key : List.of()),
                        links,
                        null,
                        null,
                        true,
                        history,
                        null)
                .withMadeKeys();
    }

    /** Its rows are of no time, with all that this implies: members of a declared entity, and rows of a source that declares {@code time: none}, which hold always. */
    public boolean isTimeless() {
        return isEntity || holdsAlways();
    }

    /** Whether a name is that of the declared entity whose members its rows are; no field is called so. */
    public boolean isMember(String other) {
        return isEntity && name.equals(other) && field(other).isEmpty();
    }

    private boolean holdsAlways() {
        return timeField == null
                && validity != null
                && validity.from().equals(EXISTS_FROM.name())
                && validity.until().equals(EXISTS_UNTIL.name())
                && fields.containsAll(IMPLIED);
    }

    /**
     * Why its rows know no time of day, as a message begins.
     *
     * @param field the date that rows are placed by
     */
    public String withoutTimeOfDay(String field) {
        if (isEntity && !holdsAlways()) {
            return "Members of '%s' exist by the day".formatted(name);
        }
        return isTimeless()
                ? "Rows of '%s' hold always".formatted(name)
                : "'%s.%s' is a date".formatted(name, field);
    }

    /** A source of the same rows, which are of no time. */
    public Source timeless() {
        return changed(to -> {
            to.timeField = null;
            to.zone = ZoneOffset.UTC;
            to.coverageFrom = LocalDate.of(1, 1, 1);
            to.coverageUntil = LocalDate.of(9999, 12, 31);
            to.fields = Stream.concat(fields.stream(), IMPLIED.stream()).toList();
            to.validity = new Validity(EXISTS_FROM.name(), EXISTS_UNTIL.name(), List.of());
        });
    }

    /** The source with a validity; null: without one. */
    public Source with(@Nullable Validity other) {
        return changed(to -> to.validity = other);
    }

    /** The source whose file is written otherwise. */
    public Source withNotation(Notation other) {
        return changed(to -> to.notation = other);
    }

    /** The source that takes the rows in for which a formula is true; null: all. */
    public Source withWhere(@Nullable String other) {
        return changed(to -> to.where = other);
    }

    /** The source that points at these beside the account and user that its facts are of. */
    public Source with(List<Link> others) {
        var all =
                Stream.concat(
                        links.stream().filter(Link::isOwn),
                        others.stream().filter(link -> !link.isOwn()));
        return withLinks(all.toList());
    }

    /**
     * The links by which facts are of accounts and users.
     *
     * @param account the field that holds the account's key; null: facts of no account
     * @param user the field that holds the user's key; null: facts of no user
     */
    public static List<Link> own(@Nullable String account, @Nullable String user) {
        return own(
                account == null ? List.of() : List.of(account),
                user == null ? List.of() : List.of(user));
    }

    /**
     * The same, where a key may have several parts.
     *
     * @param account fields that hold the account's key; none: facts of no account
     */
    public static List<Link> own(List<String> account, List<String> user) {
        return Stream.of(Link.own(EntityRef.ACCOUNT, account), Link.own(EntityRef.USER, user))
                .filter(link -> !link.fields().isEmpty())
                .toList();
    }

    /** The source whose facts are of the account whose key these fields say; none: as before. */
    public Source withAccountOf(List<String> parts) {
        return parts.isEmpty()
                ? this
                : withLinks(
                        Stream.concat(
                                        own(parts, List.of()).stream(),
                                        links.stream()
                                                .filter(link ->
                                                        !link.isOwn()
                                                                || !link.name()
                                                                        .equals(
                                                                                EntityRef.ACCOUNT
                                                                                        .name())))
                                .toList());
    }

    /** The source that points at these, its account and user among them. */
    public Source withLinks(List<Link> all) {
        return changed(to -> to.links = all);
    }

    /** The source with a field for each key of an account that several of its fields make, the last. */
    public Source withMadeKeys() {
        var made = made();
        return made.isEmpty()
                ? this
                : withFields(Stream.concat(fields.stream(), made.stream()).toList());
    }

    /** The fields that are made of others, as keys of accounts have several parts. */
    public List<Field> made() {
        return links.stream().flatMap(link -> link.made().stream()).toList();
    }

    private Source withFields(List<Field> others) {
        return changed(to -> to.fields = others);
    }

    /** The source whose facts have the account of the row that a link leads to; null: by a field, or none. */
    public Source withAccountVia(@Nullable String link) {
        return changed(to -> to.accountVia = link);
    }

    /** The source, whose rows stay in a table; null: they are imported. */
    public Source withMapping(@Nullable Mapping other) {
        return changed(to -> to.mapping = other);
    }

    /** The source of whose facts something else is expected. */
    public Source with(Expectations other) {
        return changed(to -> to.expectations = other);
    }

    /** The source whose rows are rates of exchange; null: they are not. */
    public Source withRates(@Nullable Rates other) {
        return changed(to -> to.rates = other);
    }

    /** The source whose rows are members of a declared entity. */
    public Source ofMembers() {
        return changed(to -> to.isEntity = true);
    }

    private Source changed(Consumer<Components> change) {
        var components = new Components(this);
        change.accept(components);
        return components.source(this);
    }

    /** The components of a source while one of them is changed. */
    private static final class Components {
        private @Nullable String timeField;
        private ZoneId zone;
        private @Nullable LocalDate coverageFrom;
        private @Nullable LocalDate coverageUntil;
        private List<Field> fields;
        private Notation notation;
        private @Nullable String where;
        private @Nullable Validity validity;
        private List<Link> links;
        private @Nullable String accountVia;
        private @Nullable Rates rates;
        private boolean isEntity;
        private @Nullable Mapping mapping;
        private Expectations expectations;

        Components(Source of) {
            timeField = of.timeField;
            zone = of.zone;
            coverageFrom = of.coverageFrom;
            coverageUntil = of.coverageUntil;
            fields = of.fields;
            notation = of.notation;
            where = of.where;
            validity = of.validity;
            links = of.links;
            accountVia = of.accountVia;
            rates = of.rates;
            isEntity = of.isEntity;
            mapping = of.mapping;
            expectations = of.expectations;
        }

        Source source(Source of) {
            return new Source(
                    of.name,
                    of.label,
                    of.description,
                    timeField,
                    zone,
                    coverageFrom,
                    coverageUntil,
                    of.key,
                    fields,
                    notation,
                    where,
                    validity,
                    links,
                    accountVia,
                    rates,
                    isEntity,
                    of.history,
                    mapping,
                    expectations);
        }
    }

    /** The fields, each with the whole of its notation. */
    public List<Field> fieldsAsRead() {
        return notation.isStandard()
                ? fields
                : fields.stream()
                        .map(field -> field.with(field.notation().over(notation)))
                        .toList();
    }

    /** Fields whose column a file may lack. What a row is told apart and placed by is none of them: its key, times, account and user. */
    public List<Field> optional() {
        return fieldsAsRead().stream()
                .filter(field -> field.isRead() && field.notation().isOptional())
                .filter(field -> !isNeeded(field.name()))
                .toList();
    }

    /** Whether each file must have a column for the field: it is such a one, leads to the row that says the account, or stands in the column of one that does. */
    public boolean isNeeded(String field) {
        return placing(field)
                || field(field).stream()
                        .filter(Field::isRead)
                        .anyMatch(of ->
                                fields.stream()
                                        .filter(other -> other.isRead() && placing(other.name()))
                                        .anyMatch(other -> other.column().equals(of.column())));
    }

    private boolean placing(String field) {
        var holds = validity;
        boolean isOfLink =
                Stream.concat(links.stream().filter(Link::isOwn), accountLink().stream())
                        .anyMatch(link -> link.fields().contains(field));
        return isOfLink
                || key.contains(field)
                || field.equals(timeField)
                || (holds != null && (field.equals(holds.from()) || field.equals(holds.until())));
    }

    public Optional<Field> field(String wanted) {
        return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
    }

    /** From when until when a row holds: of a declared entity with a history, when its attributes do. Null: it does not say so. */
    public @Nullable Validity holds() {
        var of = history;
        return of == null
                ? validity
                : of.ends().map(until -> new Validity(of.begins(), until, linkKey())).orElse(null);
    }

    /** The attributes that say from when, and until when, a member of a declared entity exists; empty where not both are declared. */
    public Optional<Validity> existence() {
        return marked(Entity.Mark.START)
                .flatMap(start ->
                        marked(Entity.Mark.REMOVED)
                                .map(removed -> new Validity(start, removed, linkKey())));
    }

    private Optional<String> marked(Entity.Mark wanted) {
        return fields.stream()
                .filter(field -> isEntity && mark(field) == wanted)
                .map(Field::name)
                .findFirst();
    }

    /** What a link to one of its rows says: the key, without the day that tells the rows of one member apart. */
    public List<String> linkKey() {
        return history == null ? key : key.subList(0, key.size() - 1);
    }

    /** The links but those to the account and user that a fact is of. */
    public List<Link> pointers() {
        return links.stream().filter(link -> !link.isOwn()).toList();
    }

    /** Fields whose values name accounts in other roles than that of the account which a row is of. */
    public List<Field> accountRoles() {
        var toAccount = new LinkTarget.OfEntity(EntityRef.ACCOUNT);
        return pointers().stream()
                .filter(link -> link.target().equals(toAccount))
                .map(Link::keyField)
                .distinct()
                .flatMap(name -> field(name).stream())
                .toList();
    }

    /** One of the pointers by its name. */
    public Optional<Link> link(String wanted) {
        return links.stream()
                .filter(link -> link.name().equals(wanted) && !link.isOwn())
                .findFirst();
    }

    /** The field that holds the key of the account that a fact is of; null: none does. */
    public @Nullable String accountField() {
        return fieldOf(EntityRef.ACCOUNT);
    }

    /** The field that holds the key of the user that a fact is of; null: none does. */
    public @Nullable String userField() {
        return fieldOf(EntityRef.USER);
    }

    private @Nullable String fieldOf(EntityRef entity) {
        for (var link : links) {
            if (link.isOwn() && link.name().equals(entity.name())) {
                return link.keyField();
            }
        }
        return null;
    }

    /** The fields that say the key of the account that a fact is of; none: no field does. */
    public List<String> accountFields() {
        return links.stream()
                .filter(link -> link.isOwn() && link.name().equals(EntityRef.ACCOUNT.name()))
                .findFirst()
                .map(Link::fields)
                .orElse(List.of());
    }

    /** The link whose row says the account of a fact. */
    public Optional<Link> accountLink() {
        return Optional.ofNullable(accountVia).flatMap(this::link);
    }

    /** Whether facts are of accounts at all. */
    public boolean isOfAccounts() {
        return accountField() != null || accountVia != null;
    }

    /**
     * The field by which a fact is placed where it is stored, where first facts are looked for and where coverage is: the declared time, else the
     * start of the validity. A formula never falls back to the latter. A source without either is refused before it gets here.
     */
    public Field placedBy() {
        return field(placing())
                .orElseThrow(() ->
                        new IllegalStateException(
                                "source %s has no field %s".formatted(name, placing())));
    }

    /** Name of the field that a fact is placed by. */
    public String placing() {
        return timesOfEveryRow().stream().findFirst().orElse("");
    }

    /** Fields of times that no row is without. */
    public List<String> timesOfEveryRow() {
        return Stream.of(timeField, validity == null ? null : validity.from())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    @Override
    public String meaning() {
        return "time %s zone %s coverage %s..%s account %s user %s key %s fields %s%s%s%s%s%s%s"
                        .formatted(
                                timeField,
                                zone,
                                coverageFrom,
                                coverageUntil,
                                accountField(),
                                userField(),
                                key,
                                fields.stream()
                                        .map(Field::meaning)
                                        .collect(Collectors.joining("; ")),
                                notation.meaning(),
                                where == null ? "" : " where " + where,
                                validity == null ? "" : validity.meaning(),
                                pointers().isEmpty()
                                        ? ""
                                        : pointers().stream()
                                                .map(Link::meaning)
                                                .collect(Collectors.joining("; ", " links ", "")),
                                accountVia == null ? "" : " account via " + accountVia,
                                rates == null ? "" : rates.meaning())
                + (isEntity ? " of members" : "")
                + (history == null ? "" : " history " + history)
                + (mapping == null ? "" : mapping.meaning())
                + (expectations.isNone() ? "" : " expects " + expectations);
    }

    /** Whether a field is the one that a link of that name is read from, so that both names mean the same. */
    public boolean isLinksOwn(String field) {
        return field.equals(
                field.equals(EntityRef.ACCOUNT.name())
                        ? accountField()
                        : field.equals(EntityRef.USER.name()) ? userField() : null);
    }
}
