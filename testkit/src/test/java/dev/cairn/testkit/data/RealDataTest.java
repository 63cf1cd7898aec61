package dev.cairn.testkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RealDataTest {
    @TempDir private Path around;

    private Path repository;

    @BeforeEach
    void make_a_repository() throws IOException {
        repository = Files.createDirectory(around.resolve("cairn"));
    }

    @Test
    void without_a_folder_the_test_is_skipped() {
        assertThatThrownBy(() -> RealData.require("sfo-survey", null, repository))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining(RealData.SKIPPED);
    }

    @Test
    void folder_beside_the_repository_is_found() throws IOException {
        Path survey = Files.createDirectories(around.resolve("shared/data/sfo-survey"));

        assertThat(RealData.require("sfo-survey", null, repository)).isEqualTo(survey);
    }

    @Test
    void missing_data_in_a_folder_that_is_there_fails() throws IOException {
        Files.createDirectories(around.resolve("shared/data"));

        assertThatThrownBy(() -> RealData.require("sfo-survey", null, repository))
                .isInstanceOf(AssertionFailedError.class);
    }

    @Test
    void named_folder_that_is_not_there_fails() {
        assertThatThrownBy(() -> RealData.require("sfo-survey", around + "/nowhere", repository))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("CAIRN_DATA");
    }
}
