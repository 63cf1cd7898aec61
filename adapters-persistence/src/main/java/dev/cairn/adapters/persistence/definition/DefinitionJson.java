package dev.cairn.adapters.persistence.definition;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.catalog.Origin;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A definition as it is stored: its record's components by name, and how its bare names were read. What is stored is read again by later
 * releases: a renamed component needs a change of the stored text too.
 */
public final class DefinitionJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .changeDefaultVisibility(visible ->
                            visible.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                                    .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                                    .withVisibility(PropertyAccessor.CREATOR, Visibility.ANY))
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .addMixIn(Definition.class, Kinds.class)
                    .addMixIn(Cohort.Members.class, Members.class)
                    .addMixIn(History.class, Histories.class)
                    .addMixIn(EntityRef.class, EntityName.class)
                    .addMixIn(LinkTarget.class, Targets.class)
                    .addMixIn(Target.Goal.class, Goals.class)
                    .addMixIn(Success.Window.class, Windows.class)
                    .addMixIn(Alert.Watched.class, WatchedKinds.class)
                    .build();

    private DefinitionJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Source.class, name = "source"),
        @JsonSubTypes.Type(value = Entity.class, name = "entity"),
        @JsonSubTypes.Type(value = Slice.class, name = "slice"),
        @JsonSubTypes.Type(value = Metric.class, name = "metric"),
        @JsonSubTypes.Type(value = Cohort.class, name = "cohort"),
        @JsonSubTypes.Type(value = Calendar.class, name = "calendar"),
        @JsonSubTypes.Type(value = ConformedDimension.class, name = "dimension"),
        @JsonSubTypes.Type(value = Target.class, name = "target"),
        @JsonSubTypes.Type(value = Baseline.class, name = "baseline"),
        @JsonSubTypes.Type(value = Success.class, name = "success"),
        @JsonSubTypes.Type(value = Scope.class, name = "scope"),
        @JsonSubTypes.Type(value = Question.class, name = "question"),
        @JsonSubTypes.Type(value = Alert.class, name = "alert")
    })
    private interface Kinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Cohort.Members.Rule.class, name = "rule"),
        @JsonSubTypes.Type(value = Cohort.Members.Accounts.class, name = "accounts")
    })
    private interface Members {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = History.Intervals.class, name = "intervals"),
        @JsonSubTypes.Type(value = History.Snapshots.class, name = "snapshots"),
        @JsonSubTypes.Type(value = History.OfFiles.class, name = "files")
    })
    private interface Histories {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = LinkTarget.OfEntity.class, name = "entity"),
        @JsonSubTypes.Type(value = LinkTarget.OfSource.class, name = "source")
    })
    private interface Targets {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Target.Goal.Reach.class, name = "reach"),
        @JsonSubTypes.Type(value = Target.Goal.Between.class, name = "between")
    })
    private interface Goals {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Success.Window.Dates.class, name = "dates"),
        @JsonSubTypes.Type(value = Success.Window.Days.class, name = "days")
    })
    private interface Windows {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Alert.Watched.Groups.class, name = "groups"),
        @JsonSubTypes.Type(value = Alert.Watched.Entered.class, name = "cohort"),
        @JsonSubTypes.Type(value = Alert.Watched.BandLeft.class, name = "band"),
        @JsonSubTypes.Type(value = Alert.Watched.GuardTripped.class, name = "guard"),
        @JsonSubTypes.Type(value = Alert.Watched.TrustLost.class, name = "trust")
    })
    private interface WatchedKinds {}

    @JsonDeserialize(using = EntityReader.class)
    private interface EntityName {
        @JsonValue
        String name();
    }

    private static final class EntityReader extends ValueDeserializer<EntityRef> {
        @Override
        public EntityRef deserialize(JsonParser parser, DeserializationContext context) {
            String name = parser.getString();
            return switch (name) {
                // As earlier releases stored them.
                case "ACCOUNT" -> EntityRef.ACCOUNT;
                case "USER" -> EntityRef.USER;
                default -> new EntityRef(name);
            };
        }
    }

    /** @param origin left out where there is none */
    private record Stored(
            Definition definition,
            Map<String, Binding> bindings,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Origin origin) {}

    public static String write(Entry entry) {
        return MAPPER.writeValueAsString(
                new Stored(entry.definition(), new TreeMap<>(entry.bindings()), entry.origin()));
    }

    /** Of no pack. */
    public static String write(Definition definition, Map<String, Binding> bindings) {
        return write(new Entry(definition, 1, bindings));
    }

    public static Entry read(String payload, int version) {
        var read = MAPPER.readTree(payload);
        EarlierDefinitions.adapt(read.path("definition"));
        EarlierDefinitions.adapt(read.path("origin").path("standard"));
        Stored stored = MAPPER.treeToValue(read, Stored.class);
        return new Entry(stored.definition(), version, stored.bindings(), stored.origin());
    }
}
