package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.files.definition.ClassPathPacks;
import dev.cairn.adapters.files.definition.YamlDefinitionFiles;
import dev.cairn.adapters.files.definition.YamlDefinitionText;
import dev.cairn.adapters.files.fact.TextRecordFiles;
import dev.cairn.application.port.out.DefinitionFiles;
import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.application.port.out.Packs;
import dev.cairn.application.port.out.RecordFiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The out-ports, on files. */
@Configuration(proxyBeanMethods = false)
class FilesConfiguration {
    @Bean
    DefinitionText definitionText() {
        return new YamlDefinitionText();
    }

    @Bean
    DefinitionFiles definitionFiles() {
        return new YamlDefinitionFiles();
    }

    @Bean
    Packs packs() {
        return new ClassPathPacks();
    }

    @Bean
    RecordFiles recordFiles() {
        return new TextRecordFiles();
    }
}
