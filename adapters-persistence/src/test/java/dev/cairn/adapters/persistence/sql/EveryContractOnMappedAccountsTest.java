package dev.cairn.adapters.persistence.sql;

import dev.cairn.testkit.contract.AnalysisExecutorContract;
import org.junit.jupiter.api.Tag;

/** The whole contract over accounts that are rows of a table. */
@Tag("long")
class EveryContractOnMappedAccountsTest extends MappedAccountsTest
        implements AnalysisExecutorContract {}
