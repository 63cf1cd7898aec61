package dev.cairn.testkit.contract;

/** Everything that an {@link dev.cairn.application.port.out.AnalysisExecutor} must do: one test for each rule of what a value means. */
public interface AnalysisExecutorContract
        extends TimeContract,
                WindowsContract,
                ShiftsContract,
                FactsContract,
                EmptyContract,
                ZeroContract,
                CoverageContract,
                DatesContract,
                GroupContract,
                KeyContract,
                NegationContract,
                ExistenceContract,
                MembersContract,
                ParametersContract,
                ConditionsContract,
                CohortContract,
                NamesContract,
                TestAccountsContract,
                ComputedAttributesContract,
                TotalsContract,
                UndecidedContract,
                NumbersContract,
                CommonValuesContract,
                FunctionsContract,
                OrderPageContract {}
