package dev.cairn.application.port.out;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Packs of definitions that come with Cairn. */
public interface Packs {
    /** All there are, by name. */
    List<Pack> all();

    /**
     * The definitions of a pack.
     *
     * @param settings a value for each setting of the pack, put in wherever its definitions name it
     */
    DefinitionFiles.Read read(Pack pack, Map<String, String> settings);

    /**
     * A pack.
     *
     * @param version another for each change of it
     * @param settings what a company chooses when it applies it
     */
    record Pack(String name, String version, String description, List<Setting> settings) {
        public Pack {
            settings = List.copyOf(settings);
        }

        /** Each setting as the pack has it. */
        public Map<String, String> standards() {
            return settings.stream().collect(Collectors.toMap(Setting::name, Setting::standard));
        }

        public Optional<Setting> setting(String wanted) {
            return settings.stream().filter(one -> one.name().equals(wanted)).findFirst();
        }
    }

    /** @param standard what it is where a company chooses nothing */
    record Setting(String name, String standard, String description) {}
}
