package dev.cairn.adapters.persistence.sql;

import dev.cairn.testkit.contract.AnalysisExecutorContract;
import org.junit.jupiter.api.Tag;

/** The whole contract on the oldest PostgreSQL that is supported. */
@Tag("long")
class EveryContractOnPostgres15Test extends JooqAnalysisExecutorOnPostgres15Test
        implements AnalysisExecutorContract {}
