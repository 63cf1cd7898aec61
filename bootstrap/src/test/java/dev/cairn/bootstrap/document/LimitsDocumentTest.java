package dev.cairn.bootstrap.document;

import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.relay.PageRequest;
import graphql.validation.Validator;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Makes {@code docs/limits.md}. */
class LimitsDocumentTest {
    private static final String DOCUMENT =
            """
            # Limits of one request

            A request over a limit is refused with the code `QUERY_TOO_EXPENSIVE` (one that takes too long with `TIMEOUT`), and nothing is executed. The error's `extensions` say which setting the limit has (`setting`), what it is (`limit`) and how many there were (`actual`; where counting stopped at the limit, one more than that).

            | setting | usual | at most so many | over it |
            |---|---:|---|---|
            %s

            To change one: `--set cairn.limits.depth=15`, the environment variable `CAIRN_LIMITS_DEPTH=15`, or `cairn.limits.depth: 15` in `config/application.yaml`. A name that is no limit, or a value that is no whole number from 1, is refused at the start.

            **Cost** is estimated before anything is executed, from `@cost` and `@listSize` in the [schema](../adapters-graphql/src/main/resources/graphql/cairn.graphqls): a field costs its own weight, and the weight of its type for each item it can give (objects weigh 1, other values 0, unless the schema says otherwise), all of it for each object above it. Lists among the arguments cost 1 for every 100 values as they were sent; one that stands there twice counts twice, and is looked for once. `analyze` costs 21, and one more for every 20 rows of its page, and `members` likewise; beneath a cell, `members` costs that for each of the rows and twice for each metric of the question (its value and what it is compared with), so ask it of pages of a few rows, or by the key of a row. Steps of a `survival` cost 2 for each of these cells. `explain { cost { estimated limit } }` tells it without asking.

            **Time** is that of the whole request, from its arrival: planning, waiting and the statement, which is cancelled with it.

            These limits have no setting:

            | limit | at most | over it |
            |---|---|---|
            | `first`, `last` of a list | %d | `BAD_USER_INPUT` with a problem `BAD_PAGE` |
            | `first` of `analyze` and of `members` | 10,000 rows | `BAD_QUERY` with a problem `BAD_PAGE` |
            | metrics of `impact`; days of a window, of the gap | 20; 731, 366 | `BAD_QUERY` with a problem `LIMIT`, `BAD_VALUE` |
            | `first` of `predictedValue` | 1,000 accounts | `BAD_QUERY` with a problem `BAD_PAGE` |
            | `first` of `misses` and `falseAlarms` of `calibration` | 1,000 accounts | `BAD_QUERY` with a problem `BAD_PAGE` |
            | days that scores are read of in one `calibration` or `renewalForecast`, and contracts | 160, and 200,000 | `BAD_QUERY` with a problem `LIMIT` |
            | dates or days of one `calibration`, and thresholds | 24, and 100 | `BAD_QUERY` with a problem `LIMIT` or `BAD_VALUE` |
            | metrics named to `guards` | 24 | `BAD_QUERY` with a problem `LIMIT` |
            | accounts that `predictedValue` reads where it does not order by account, and histories that differ | 200,000 | `BAD_QUERY` with a problem `LIMIT` |
            | accounts in each group, of one cell, that `why` reads | 100,000 | the notice `NO_ACCOUNTS`; of groups, `BAD_QUERY` with a problem `LIMIT` |
            | parts of a formula that `why` splits into | 120; one with more is told as a whole | |
            | problems of an answer or a command | 100, and one more that says how many there are; the first 5 in `message` | |
            | metrics, dimensions, columns to order by of one question | 150, 5, 156; the rest is not looked at | `BAD_QUERY` with a problem `LIMIT` |
            | buckets of one question | 10,000 | `BAD_QUERY` with a problem `LIMIT` |
            | aggregates of one question, each distinct one counted once, those of single accounts and users too | 300 | `BAD_QUERY` with a problem `LIMIT` |
            | buckets of one question, or units of time, whose windows contain the same time, or that reads rows which hold for a time | 2,000 | `BAD_QUERY` with a problem `LIMIT` |
            | rows for units of time (`day :`) of one question, one for each unit and each account, user or group, as estimated | 20,000,000 | `BAD_QUERY` with a problem `LIMIT` |
            | one formula | 100,000 characters, 200 levels deep | `LIMIT`, at its place |
            | steps of a sequence in a formula, and its `same` and `without` | 50, and 20 of each | `LIMIT`, at its place |
            | what one formula refers to, put in place | 50,000 pieces, 200 levels deep; 1,000 names given by `let` | `LIMIT`, at its place |
            | pieces of the statement for one question | 100,000 | `BAD_QUERY` with a problem `LIMIT` |
            | conditions of one filter | 1,000, 50 levels deep | `BAD_QUERY` or `BAD_USER_INPUT` with a problem `LIMIT` |
            | ages of `retention`; steps of `funnel`, and its `same` and `without` | 60; 12, and 20 of each | `BAD_QUERY` with a problem `LIMIT` |
            | names in `commonMetrics` and `commonDimensions` | 200 | `BAD_USER_INPUT` with a problem `LIMIT` |
            | parameters, bands, rules, pitfalls and sources of a metric; dimensions of a target | 50 of each; 10 | `LIMIT`, at its place |
            | errors of an invalid document | %d, the last of which says that there are more | |
            | requests in one body | 1: a list of requests is not taken | status 400 |
            | introspection | each list of types and fields once | `QUERY_TOO_EXPENSIVE` |
            """;

    @Test
    void the_document_lists_every_limit() {
        var rows =
                Arrays.stream(Limit.values())
                        .map(limit ->
                                String.format(
                                        Locale.ROOT,
                                        "| `%s` | %,d | %s | %s |",
                                        limit.setting(),
                                        limit.standard(),
                                        limit.what().replace("__", "\\_\\_"),
                                        limit.remedy()))
                        .collect(Collectors.joining("\n"));
        GeneratedDocument.check(
                "limits.md",
                DOCUMENT.formatted(rows, PageRequest.LARGEST, Validator.getMaxValidationErrors()),
                getClass());
    }
}
