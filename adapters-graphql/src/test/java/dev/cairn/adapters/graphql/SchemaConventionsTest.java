package dev.cairn.adapters.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

class SchemaConventionsTest {
    private static final String DIRECTIVE =
            "\"\"\"Size.\"\"\" directive @listSize(\"\"\"Size.\"\"\" assumedSize: Int) on FIELD_DEFINITION ";
    private static final String QUERY =
            "\"\"\"Read.\"\"\" type Query { \"\"\"Any.\"\"\" any: String \"\"\"It.\"\"\" it: %s } ";

    @Test
    void the_schema_keeps_all_conventions() throws IOException {
        var schema =
                new ClassPathResource("graphql/cairn.graphqls")
                        .getContentAsString(StandardCharsets.UTF_8);

        assertThat(SchemaConventions.brokenBy(schema)).isEmpty();
    }

    /** Every piece has descriptions where an apostrophe stands for three quotes, and breaks one convention. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "X | type X { '.' a: Int }                              | X: has no description",
                "X | '.' type X { a: Int }                              | X.a: has no description",
                "X | '.' type X { '.' a(b: Int): Int }                  | X.a(b): has no description",
                "X | \".\" type X { '.' a: Int }                        | X: has no description",
                "x | '.' type x { '.' a: Int }                          | x: is not named",
                "X | '.' type X { '.' Big: Int }                        | X.Big: is not named",
                "X | '.' enum X { '.' ONE '.' two }                     | X.two: is not named",
                "X | '.' enum X { '.' ONE }                             | X: has one value only",
                "XType | '.' type XType { '.' a: Int }                  | XType: says of what kind",
                "X | '.' scalar X                                       | X: has no @specifiedBy",
                "X | '.' type X { '.' xSize: Int }                      | X.xSize: repeats",
                "X | '.' type X { '.' a: [Int]! }                       | X.a: may hold null items",
                "X | '.' type X { '.' a: [Int!] }                       | X.a: may be null instead",
                "X | '.' type X { '.' startedAt: String }               | X.startedAt: is a time as text",
                "X | '.' type X { '.' netRevenue: Float }               | X.netRevenue: is money",
                "X | '.' type X { '.' id: ID! }                         | X: has an id and is no Node",
                "X | '.' type X { '.' a: Int @deprecated }              | X.a: is deprecated without",
                "[X!]! | '.' type X { '.' a: Int }                      | Query.it: is a list without pages",
                "XConnection | '.' type XConnection { '.' edges: [Int!]! } | XConnection: has no edges or pageInfo",
                "XConnection | '.' type XConnection { '.' a: Int }      | Query.it: has no first and after",
                "XConnection | '.' type XConnection { '.' a: Int }      | Query.it: has no @listSize",
                "XEdge | '.' type XEdge { '.' node: Int }               | XEdge: has no node or cursor",
                "PageInfo | '.' type PageInfo { '.' endCursor: Int }    | PageInfo: is not that of Relay",
                "X | '.' type X { '.' a('.' i: In): Int } '.' input In { '.' b: Int } | In: is an input and not called so",
                "X | '.' type X { '.' a: Int } '.' type Mutation { '.' make('.' input: MakeInput): MakePayload } '.' input MakeInput { '.' b: Int } '.' type MakePayload { '.' problems: Int } | Mutation.make: does not take one input",
                "X | '.' type X { '.' a: Int } '.' type Mutation { '.' make('.' input: MakeInput!): MakePayload } '.' input MakeInput { '.' b: Int } '.' type MakePayload { '.' problems: Int } | Mutation.make: does not say which role",
                "X | '.' type X { '.' a: Int @requiresRole(role: 1) } '.' directive @requiresRole('.' role: Int) on FIELD_DEFINITION | X.a: requires a role where none is looked at",
                "X | '.' type X { '.' a: Int } '.' type Mutation { '.' make('.' input: MakeInput!): MakePayload } '.' input MakeInput { '.' b: Int } '.' type MakePayload { '.' b: Int } | Mutation.make: does not give a MakePayload with problems"
            })
    void each_convention_is_noticed_when_broken(String type, String piece, String expected) {
        var sdl = DIRECTIVE + QUERY.formatted(type) + piece.replace("'", "\"\"\"");

        assertThat(SchemaConventions.brokenBy(sdl))
                .as(sdl)
                .anySatisfy(found -> assertThat(found).startsWith(expected));
    }

    @Test
    void a_schema_that_keeps_them_is_not_complained_of() {
        var sdl =
                DIRECTIVE
                        + QUERY.formatted("X")
                        + "'.' type X { '.' a: [Int!]! '.' b: Int @deprecated(reason: \"Use a.\") }"
                                .replace("'", "\"\"\"");

        assertThat(SchemaConventions.brokenBy(sdl)).isEmpty();
    }
}
