package dev.cairn.domain.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArticleTest {
    @ParameterizedTest
    @CsvSource({
        "entity, an entity",
        "attribute, an attribute",
        "hour, an hour",
        "source, a source",
        "user, a user",
        "year, a year",
    })
    void a_noun_has_the_article_that_is_said_before_it(String noun, String withArticle) {
        assertThat(Article.a(noun)).isEqualTo(withArticle);
    }
}
