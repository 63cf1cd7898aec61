package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static dev.cairn.testkit.data.World.world;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.contract.Question;
import dev.cairn.testkit.data.EntityBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Makes docs/planner.md: one formula, followed from its text to the statement. No database is asked. */
class PlannerDocumentTest {
    private static final String METRIC = "revenue_per_payer";
    private static final String FORMULA =
            "(sum(invoice where paid : amount) / distinct(invoice where paid : account)) over last 3 months";
    private static final String CONDITION = "account.plan = 'pro'";

    private static final Catalog CATALOG =
            world().entity(EntityBuilder.accounts().text("plan"))
                    .source(
                            source("invoice")
                                    .timestamp("issued_at")
                                    .account("customer")
                                    .flag("paid")
                                    .money("amount", "EUR"))
                    .metric(METRIC, FORMULA)
                    .build()
                    .catalog();

    private static final Question QUESTION =
            askMetrics(METRIC)
                    .grain(Grain.MONTH)
                    .between("2026-01-01", "2026-04-01")
                    .where(CONDITION);

    private static final String DOCUMENT =
            """
            # From a question to its statement

            A question passes these stages; each is a type that the next one takes. Only the last but one knows a database, and none reads a clock.

            | stage | where | gives | what is decided |
            |---|---|---|---|
            | parse | `domain.formula`: `FormulaParser` | `Formula` | syntax; each piece keeps its place |
            | resolve | `domain.lowering`: `Lowering`, `ResolvedMetrics` | `Resolved`: an `Expr` over `Leaves` of its own | names, types, units, levels; windows and shifts, relative to a bucket (`TimeContext`); what is referred to stands in its place. Nothing of the question: kept for each metric while its catalogue is in force |
            | bind | `domain.planner`: `Conditions`, `Filters` | `Bound`, for each relation | what filter, cohort, groups and the caller's scope mean for the rows of a relation, or that they have no meaning there |
            | place | `domain.lowering`: `LeafCopy` | `Scan`s and `Leaf`s of the question | equal aggregates are one leaf, leaves that read the same share a scan; leaves have their numbers |
            | reach | `domain.planner`: `TimeFrame`, `Windows`, `Shifts`, `UnitsOfTime` | `Timeline` with its `Reach`es | the buckets, and which stretch of time each scan reads for each of them |
            | shape | `domain.planner`: `Shape`, `Outputs` | `AnalysisPlan` | columns, conditions on them, order, page |
            | compile | `adapters.persistence.sql`: `StatementCompiler` | one statement, an `Answer` | how it is computed; another executor may do it in another way |
            | assemble | `domain.planner`: `ResultAssembler` | `AnalysisResult` | values with the reason where there is none, what is incomplete, the cursor |

            What is wrong is collected on the way and told at once: an expression with a problem is `Expr.BROKEN` and goes with everything, so that one mistake is told once.

            The packages depend on each other in one direction (`ArchitectureTest` holds them to it): `domain.expression` (what can be said of a row, a member or a cell), `domain.plan` (the plan and its answer, with their invariants: `PlanRules` checks every plan that a test makes), `domain.lowering`, and above that `domain.planner` for questions and `domain.check` for definitions. A new construct is a new value in one of the sealed families of the first two ([extending.md](extending.md)); why metrics are resolved without a question: [ADR 22](adr/0022-metrics-are-resolved-without-a-question.md).

            ## One formula
            All below is made by a run ([`PlannerDocumentTest`](../adapters-persistence/src/test/java/dev/cairn/adapters/persistence/sql/PlannerDocumentTest.java)). The metric `%s`, asked by month, from January to March 2026, where `%s`:
            ```
            %s
            ```

            **Parsed**, without places and what is not there:
            ```
            %s
            ```

            **Resolved**: `#0` is a leaf, the value of one aggregate. Names have found what they mean, types and units go together; the window stands beside each leaf (`TimeContext`), as no bucket is known yet.
            ```
            %s
            ```

            **Planned**, in words (`explain` gives them for any question). The condition has come to the scan, and the window has become a stretch of time for each bucket. One more leaf counts the rows beside which the ratio is read, its sample.
            ```
            %s
            ```

            **Compiled**: what reads the facts. `width_bucket` counts the edges up to a fact, and so finds the run of buckets whose stretches it is in. The rest of the statement fills in the buckets without facts, finds the reason for each missing value, computes the columns over the leaves, and sorts.
            ```sql
            %s
            ```
            """;

    @Test
    void the_document_follows_one_formula_through_the_stages() throws IOException {
        var content =
                DOCUMENT.formatted(
                        METRIC,
                        CONDITION,
                        FORMULA,
                        parsed(),
                        resolved(),
                        String.join("\n", PlanWords.of(QUESTION.plan(CATALOG))),
                        scanned());
        var file = Path.of("..", "docs", "planner.md").toAbsolutePath().normalize();
        if ("write".equals(System.getProperty("documents"))) {
            Files.writeString(file, content);
        }
        assertThat(file)
                .as(
                        "docs/planner.md is not what it would be made of now. To write it anew: ./cairn test -pl adapters-persistence -am -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false -Ddocuments=write",
                        getClass().getSimpleName())
                .content()
                .isEqualTo(content);
    }

    /** The syntax tree, without the place of each piece. */
    private static String parsed() {
        return switch (FormulaParser.parse(FORMULA, Place.NOWHERE)) {
            case Parsed.Ok(var formula) -> tree(formula.toString());
            case Parsed.Failed(var problems) -> throw new AssertionError(problems);
        };
    }

    /** The operands and their parts on lines of their own. */
    private static String tree(String record) {
        return record.replaceAll(",? ?span=Span\\[[^]]*]", "")
                .replaceAll(", \\w+=(null|\\[])", "")
                .replaceAll("Path\\[names=\\[(\\w+)]]", "$1")
                .replaceAll(", (?=left|right)", ",\n    ")
                .replaceAll(", (?=value|relation)", ",\n        ");
    }

    private static String resolved() {
        var metric = CATALOG.entry(METRIC).orElseThrow();
        var resolved =
                new ResolvedMetrics(CATALOG)
                        .find(metric, ZoneOffset.UTC, Cancellation.NEVER)
                        .orElseThrow();
        var text = new StringBuilder(PlanWords.text(resolved.value()));
        for (var leaf : resolved.leaves().leaves()) {
            text.append(
                    "\n  #%d = %s where %s"
                            .formatted(
                                    resolved.leaves().leaves().indexOf(leaf),
                                    PlanWords.text(leaf.aggregation()),
                                    PlanWords.text(leaf.where())));
        }
        return text.toString();
    }

    /** The part of the statement that reads the facts. */
    private static String scanned() {
        var statement =
                DSL.using(SQLDialect.POSTGRES, new Settings().withRenderFormatted(true))
                        .renderInlined(StatementCompiler.compile(QUESTION.plan(CATALOG)));
        return Stream.of(statement.split("\n(?=  \"\\w+\" as \\()"))
                .filter(part -> part.contains("from \"fact_invoice\""))
                .map(part -> part.stripIndent().strip().replaceFirst("\\),?$", ")"))
                .collect(Collectors.joining(",\n"));
    }
}
