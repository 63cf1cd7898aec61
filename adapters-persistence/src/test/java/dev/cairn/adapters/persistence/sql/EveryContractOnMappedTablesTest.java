package dev.cairn.adapters.persistence.sql;

import dev.cairn.testkit.contract.AnalysisExecutorContract;
import org.junit.jupiter.api.Tag;

/** The whole contract over facts that stay in tables of their own. */
@Tag("long")
class EveryContractOnMappedTablesTest extends MappedWorldsTest
        implements AnalysisExecutorContract {}
