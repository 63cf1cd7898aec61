package dev.cairn.adapters.files.definition;

import dev.cairn.application.port.out.DefinitionFiles.Read;
import dev.cairn.application.port.out.Packs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Packs as resources: {@code packs/names.txt} lists them, {@code packs/NAME/pack.yaml} has version, description, settings and files of one, its files are
 * definitions as in any other file, with <code>${setting}</code> where a setting is put in. They come with Cairn: what is wrong with {@code pack.yaml} is a
 * fault of the build and thrown.
 */
public final class ClassPathPacks implements Packs {
    private static final String ROOT = "packs/";

    private final ClassLoader resources;

    public ClassPathPacks() {
        this(ClassPathPacks.class.getClassLoader());
    }

    /** @param resources where they are looked for */
    public ClassPathPacks(ClassLoader resources) {
        this.resources = resources;
    }

    @Override
    public List<Pack> all() {
        var names = text("names.txt");
        return names == null
                ? List.of()
                : names.lines()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .sorted()
                        .map(this::pack)
                        .toList();
    }

    private Pack pack(String name) {
        var written = written(name);
        var settings = new ArrayList<Setting>();
        if (written.get("settings") instanceof Map<?, ?> declared) {
            declared.forEach((setting, said) -> {
                var words = (Map<?, ?>) said;
                settings.add(
                        new Setting(
                                setting.toString(),
                                String.valueOf(words.get("default")),
                                String.valueOf(words.get("description"))));
            });
        }
        return new Pack(
                name,
                String.valueOf(written.get("version")),
                String.valueOf(written.get("description")),
                settings);
    }

    private Map<String, Object> written(String name) {
        return new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(required(name + "/pack.yaml"));
    }

    @Override
    public Read read(Pack pack, Map<String, String> settings) {
        var files = new ArrayList<DefinitionFile>();
        for (var name : (List<?>) written(pack.name()).getOrDefault("files", List.of())) {
            var path = pack.name() + "/" + name;
            files.add(new DefinitionFile(path, put(settings, required(path))));
        }
        var found = new DefinitionDirectory.Found(files, List.of());
        var read = DefinitionReader.read(files);
        return new Read(
                files.size(),
                read.placed(),
                read.problems(),
                read.positions()::inFile,
                UnreadNames.of(found, read)::mayExplain);
    }

    private static String put(Map<String, String> settings, String text) {
        var result = text;
        for (var setting : settings.entrySet()) {
            result = result.replace("${" + setting.getKey() + "}", setting.getValue());
        }
        return result;
    }

    private String required(String path) {
        var text = text(path);
        if (text == null) {
            throw new IllegalStateException("there is no resource %s%s".formatted(ROOT, path));
        }
        return text;
    }

    private @Nullable String text(String path) {
        try (InputStream in = resources.getResourceAsStream(ROOT + path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
