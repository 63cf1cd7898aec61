package dev.cairn.testkit.fault;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import dev.cairn.testkit.reference.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What could go wrong in an executor, or in the planner before it. Each is switched on in a double and must make a contract fail. */
enum Fault {
    SUPERSEDED_FACTS_COUNT(new BrokenRules.SupersededFactsCount()),
    REPEATED_LOADS_COUNT(new BrokenRules.RepeatedLoadsCount()),
    EQUAL_LINES_ARE_ONE(new BrokenRules.EqualLinesAreOne()),

    KNOWN_AT_IS_IGNORED(new BrokenRules.KnownAtIsIgnored()),
    WHAT_IS_RECORDED_AT_THE_INSTANT_IS_NOT_KNOWN(
            new BrokenRules.WhatIsRecordedAtTheInstantIsNotKnown()),
    COVERAGE_IS_THAT_OF_NOW(new BrokenRules.CoverageIsThatOfNow()),

    FIELD_CALLED_ACCOUNT_IS_THE_LINK(new BrokenRules.FieldCalledAccountIsTheLink()),

    BUCKET_END_IS_IN(new BrokenRules.BucketEndIsIn()),
    BUCKET_START_IS_OUT(new BrokenRules.BucketStartIsOut()),
    DATES_ARE_COMPARED_AS_INSTANTS(new BrokenRules.DatesAreComparedAsInstants()),
    FACT_WITHOUT_TIME_IS_IN_EVERY_BUCKET(new BrokenRules.FactWithoutTimeIsInEveryBucket()),
    AS_OF_IS_IGNORED(new BrokenRules.AsOfIsIgnored()),
    AS_OF_IS_IN(new BrokenRules.AsOfIsIn()),
    WEEK_STARTS_ON_SUNDAY(BrokenPlans::weekStartsOnSunday),
    ZONE_IS_IGNORED(BrokenPlans::zoneIsIgnored),
    RANGE_DOES_NOT_CUT_ITS_FIRST_BUCKET(BrokenPlans::rangeDoesNotCutItsFirstBucket),

    EVERY_WINDOW_IS_THE_BUCKET(BrokenReadings::everyWindowIsTheBucket),
    OUTER_WINDOWS_WIN_OVER_INNER(BrokenPlanning::outerWindowsWin),
    WINDOW_OF_A_MONTH_TO_DATE_IS_AS_LONG_AS_A_MONTH(BrokenPlanning::windowToDateIsAsLongAsItsGrain),
    WINDOW_OF_ALL_BEFORE_ENDS_WITH_THE_BUCKET(BrokenPlanning::windowOfAllBeforeEndsWithTheBucket),
    WINDOW_OF_EVER_ENDS_WITH_THE_BUCKET(BrokenPlanning::windowOfEverEndsWithTheBucket),
    WINDOW_OF_THE_RANGE_ENDS_WITH_THE_BUCKET(BrokenPlanning::windowOfTheRangeEndsWithTheBucket),
    PRIOR_BY_A_SPAN_IS_BY_ONE_BUCKET(BrokenPlanning::everyShiftIsByOneBucket),
    PRIOR_TO_THE_START_OF_A_GRAIN_IS_BY_ONE_BUCKET(
            BrokenPlanning::shiftToTheStartOfAGrainIsByOneBucket),
    EVERY_RANGE_IS_COMPARED_WITH_THE_ONE_BEFORE(
            BrokenPlanning::everyRangeIsComparedWithTheOneBefore),
    STICKINESS_IS_ON_AT_LEAST_SO_MANY_DAYS(BrokenShapes::stickinessIsOnAtLeastSoManyDays),
    RETENTION_STARTS_EACH_TIME(BrokenShapes::retentionStartsEachTime),
    LIFECYCLE_RETAINS_WHO_WAS_EVER_ACTIVE(BrokenShapes::lifecycleRetainsWhoWasEverActive),
    BRIDGE_HAS_NEW_FOR_REACTIVATED(BrokenShapes::bridgeHasNewForReactivated),
    FUNNEL_DROPS_WHO_WENT_FURTHER(BrokenShapes::funnelDropsWhoWentFurther),

    MISSING_CLAIM_IS_SOME_OTHER_TEXT(Misreading.ofCaller(BrokenScopes::missingClaimIsSomeText)),
    MISSING_CLAIM_SHOWS_NO_ACCOUNT_OF_ANY_SCOPE(
            Misreading.ofCaller(BrokenScopes::missingClaimHidesAll)),
    CLAIM_IS_READ_IN_UPPER_CASE(Misreading.ofCaller(BrokenScopes::claimsAreInUpperCase)),
    SCOPES_SHOW_THE_ACCOUNTS_OF_ALL_OF_THEM(Misreading.ofCaller(BrokenScopes::allMustHold)),
    SCOPES_SHOW_THE_ACCOUNTS_OF_THE_FIRST(Misreading.ofCaller(BrokenScopes::theFirstAlone)),

    TARGETS_ARE_OF_THE_COMPANY_WHATEVER_THEIR_SCOPE(
            BrokenTargets::targetsAreOfTheCompanyWhateverTheirScope),
    AMOUNTS_OF_TARGETS_HOLD_FOR_EACH_BUCKET(BrokenTargets::amountsOfTargetsHoldForEachBucket),
    TARGETS_HAVE_NO_END(BrokenTargets::targetsHaveNoEnd),
    YEAR_OF_EVERY_CALENDAR_BEGINS_IN_JANUARY(BrokenPlanning::yearOfEveryCalendarBeginsInJanuary),
    PERIODS_OF_EVERY_CALENDAR_BEGIN_WITH_A_MONTH(
            BrokenPlanning::yearOfEveryCalendarBeginsWithTheMonth),
    ROWS_ARE_PLACED_BY_THE_TIME_THAT_THEIR_SOURCE_DECLARES(
            new BrokenRules.RowsArePlacedByTheTimeThatTheirSourceDeclares()),
    ROWS_WITHOUT_A_TIME_ARE_IN_NO_BUCKET(new BrokenTimelessRules.RowsWithoutATimeAreInNoBucket()),
    ROWS_WITHOUT_A_TIME_SAY_WHEN_AN_ACCOUNT_BEGINS(
            new BrokenTimelessRules.RowsWithoutATimeSayWhenAnAccountBegins()),

    PARTS_OF_A_KEY_ARE_NOT_MARKED_OFF(new BrokenKeyRules.PartsOfAKeyAreNotMarkedOff()),
    PARTS_OF_A_KEY_ARE_AS_THEY_ARE_WRITTEN(new BrokenKeyRules.PartsOfAKeyAreAsTheyAreWritten()),
    ROWS_WITHOUT_A_KEY_ARE_IN_THE_ORDER_OF_LOADING(
            new BrokenKeyRules.RowsWithoutAKeyAreInTheOrderOfLoading()),
    CONFORMED_DIMENSION_IS_THAT_OF_THE_FIRST_SOURCE(
            BrokenReadings::conformedDimensionIsThatOfTheFirstSource),

    OPENING_STOCK_HAS_WHAT_STARTS_WITH_IT(
            new BrokenValidityRules.OpeningStockHasWhatStartsWithIt()),
    STOCK_HAS_LOST_WHAT_ENDS_WITH_IT(new BrokenValidityRules.StockHasLostWhatEndsWithIt()),
    OPEN_ROWS_ARE_NEVER_VALID(new BrokenValidityRules.OpenRowsAreNeverValid()),
    STOCK_AT_THE_END_IGNORES_AS_OF(new BrokenValidityRules.StockAtTheEndIgnoresAsOf()),
    EDGES_ARE_CHANGED_ROUND(new BrokenValidityRules.EdgesAreChangedRound()),
    DURING_IS_WHAT_STARTS_IN_IT(new BrokenValidityRules.DuringIsWhatStartsInIt()),
    DURING_HAS_WHAT_ENDS_WITH_ITS_START(new BrokenValidityRules.DuringHasWhatEndsWithItsStart()),
    DURING_HAS_ROWS_WITHOUT_LENGTH(new BrokenValidityRules.DuringHasRowsWithoutLength()),
    DURING_ALL_BEGINS_BEFORE_THE_COVERAGE(
            new BrokenValidityRules.DuringAllBeginsBeforeTheCoverage()),
    STOCK_OUTSIDE_THE_COVERAGE_IS_OF_THE_ROWS_THERE_ARE(
            new BrokenValidityRules.StockOutsideTheCoverageIsOfTheRowsThereAre()),
    EDGE_IS_OUTSIDE_WHERE_THE_COVERAGE_BEGINS(
            new BrokenValidityRules.EdgeIsOutsideWhereTheCoverageBegins()),
    STOCK_OF_A_BUCKET_THAT_THE_COVERAGE_ENDS_IN_IS_NOT_YET(
            new BrokenValidityRules.StockOfABucketThatTheCoverageEndsInIsNotYet()),

    EARLIER_VERSIONS_ARE_LINKED_TO(new BrokenLinkRules.EarlierVersionsAreLinkedTo()),
    ROWS_AFTER_AS_OF_ARE_LINKED_TO(new BrokenLinkRules.LaterRowsAreLinkedTo()),
    ALL_ACCOUNTS_ARE_SEEN_THROUGH_LINKS(new BrokenLinkRules.AllAccountsAreSeenThroughLinks()),
    ROWS_OF_ANY_PARENT_ARE_OF_EACH(new BrokenLinkRules.RowsOfAnyParentAreOfEach()),
    ALL_ACCOUNTS_ARE_READ_FOR_MEMBERS_THAT_ROWS_LEAD_TO(
            BrokenLinkRules::allAccountsAreReadForMembersThatRowsLeadTo),
    VALUES_ARE_OF_ANY_MEMBER(new BrokenLinkRules.ValuesAreOfAnyMember()),
    ROLES_ARE_OF_THE_ACCOUNT_OF_THE_ROW(BrokenLinkRules::rolesAreOfTheAccountOfTheRow),
    MEMBERS_ARE_WHOEVER_IS_SAID(BrokenLinkRules::membersAreWhoeverIsSaid),
    MEMBERS_ARE_KNOWN_AHEAD_OF_TIME(new BrokenLinkRules.MembersAreKnownAheadOfTime()),
    FIRST_SNAPSHOT_HOLDS_FOR_EVER(new BrokenLinkRules.FirstSnapshotHoldsForEver()),
    EACH_ROW_OF_A_MEMBER_IS_COUNTED(BrokenLinkRules::eachRowOfAMemberIsCounted),
    ROLES_NAME_NOBODY(new BrokenLinkRules.RolesNameNobody()),
    PARENTS_ARE_NOBODY(new BrokenLinkRules.ParentsAreNobody()),
    ROWS_WITHOUT_A_PARENT_ARE_DROPPED(BrokenLinkRules::rowsWithoutAParentAreDropped),
    PARENTS_OF_ANOTHER_ACCOUNT_ARE_SEEN(new BrokenLinkRules.ParentsOfAnotherAccountAreSeen()),
    PARENT_IS_THAT_OF_NOW(BrokenReadings::parentIsThatOfNow),
    PARENT_IS_AS_IT_IS_NOW(BrokenReadings::parentIsAsItIsNow),
    MEMBERS_THAT_NOTHING_POINTS_AT_ARE_DROPPED(
            new BrokenLinkRules.MembersThatNothingPointsAtAreDropped()),
    FORMULAS_OF_ROWS_THAT_ARE_NOT_THERE_HAVE_VALUES(
            BrokenLinkRules::formulasOfRowsThatAreNotThereHaveValues),

    WINDOW_OF_A_MEMBER_HAS_ITS_END(new BrokenWindowRules.WindowOfAMemberHasItsEnd()),
    WINDOW_OF_A_MEMBER_LACKS_ITS_START(new BrokenWindowRules.WindowOfAMemberLacksItsStart()),
    WINDOW_OF_A_STEP_IS_THAT_OF_THE_FIRST(new BrokenWindowRules.WindowOfAStepIsThatOfTheFirst()),
    WINDOW_OF_A_LINKED_ROW_IS_NONE(new BrokenWindowRules.WindowOfALinkedRowIsNone()),
    TILES_OF_A_WINDOW_ARE_ALL_THAT_BEGIN_IN_IT(
            new BrokenWindowRules.TilesOfAWindowAreAllThatBeginInIt()),
    TILES_OF_A_WINDOW_LACK_THE_LAST(new BrokenWindowRules.TilesOfAWindowLackTheLast()),
    NOTHING_IS_PENDING_AT_AS_OF(new BrokenWindowRules.NothingIsPendingAtAsOf()),
    NOTHING_IS_PENDING_WHERE_THE_DATA_ENDS(
            new BrokenWindowRules.NothingIsPendingWhereTheDataEnds()),
    WINDOW_THAT_ENDS_NOW_IS_PENDING(new BrokenWindowRules.WindowThatEndsNowIsPending()),
    WINDOW_BEFORE_THE_DATA_IS_EMPTY(new BrokenWindowRules.WindowBeforeTheDataIsEmpty()),
    DURING_A_WINDOW_TAKES_WHAT_ENDS_WITH_ITS_START(
            new BrokenWindowRules.DuringAWindowTakesWhatEndsWithItsStart()),
    EDGE_OF_A_WINDOW_BEFORE_THE_DATA_IS_EMPTY(
            new BrokenWindowRules.EdgeOfAWindowBeforeTheDataIsEmpty()),
    STEPS_AT_ONE_INSTANT_DO_NOT_COUNT(new BrokenStepRules.StepsAtOneInstantDoNotCount()),
    KEYS_OF_STEPS_AT_ONE_INSTANT_ARE_IGNORED(
            new BrokenStepRules.KeysOfStepsAtOneInstantAreIgnored()),
    ONE_ROW_SERVES_TWO_STEPS(new BrokenStepRules.OneRowServesTwoSteps()),
    SPAN_HAS_ITS_END(new BrokenStepRules.SpanHasItsEnd()),
    INCLUSIVE_SPAN_LACKS_ITS_END(new BrokenStepRules.InclusiveSpanLacksItsEnd()),
    NOTHING_IS_THE_SAME_AS_NOTHING(new BrokenStepRules.NothingIsTheSameAsNothing()),
    ROWS_OF_ANY_VALUE_ARE_OF_ONE_ATTEMPT(new BrokenStepRules.RowsOfAnyValueAreOfOneAttempt()),
    ANY_ATTEMPT_IS_THE_FIRST(new BrokenStepRules.AnyAttemptIsTheFirst()),
    UNIT_IS_PENDING_BY_THE_ATTEMPT_THAT_COUNTS(
            new BrokenStepRules.UnitIsPendingByTheAttemptThatCounts()),
    UNIT_HAS_ONE_ATTEMPT_IN_ALL_GROUPS(new BrokenStepRules.UnitHasOneAttemptInAllGroups()),
    ROWS_BETWEEN_STRICT_STEPS_DO_NOT_COUNT(new BrokenStepRules.RowsBetweenStrictStepsDoNotCount()),
    UNORDERED_ATTEMPTS_BEGIN_WITH_THE_FIRST_STEP(
            new BrokenStepRules.UnorderedAttemptsBeginWithTheFirstStep()),
    ATTEMPTS_BEGIN_WITH_ANY_STEP(new BrokenStepRules.AttemptsBeginWithAnyStep()),
    ROWS_AT_THE_TIME_OF_A_STEP_LIE_AFTER_IT(new BrokenStepRules.RowsAtTheTimeOfAStepLieAfterIt()),
    ROWS_AT_ONE_INSTANT_DO_NOT_TOUCH(new BrokenTouchRules.RowsAtOneInstantDoNotTouch()),
    ROWS_TOUCH_THEMSELVES(new BrokenTouchRules.RowsTouchThemselves()),
    KEYS_DECIDE_AMONG_ROWS_OF_TWO_SOURCES(new BrokenTouchRules.KeysDecideAmongRowsOfTwoSources()),
    LATER_ROWS_HAVE_THE_FIRST_EARLIER_ONE(new BrokenTouchRules.LaterRowsHaveTheFirstEarlierOne()),
    TOUCHES_ARE_OF_WHATEVER_IS_EARLIER(new BrokenTouchRules.TouchesAreOfWhateverIsEarlier()),
    GAPS_INCLUDE_THEIR_END(new BrokenChangeRules.GapsIncludeTheirEnd()),
    EVERY_START_IS_NEW(new BrokenChangeRules.EveryStartIsNew()),
    WHAT_ENDS_WHERE_ANOTHER_BEGINS_IS_OVER(
            new BrokenChangeRules.WhatEndsWhereAnotherBeginsIsOver()),
    ALL_ROWS_ARE_READ_BENEATH_A_PAIR(new BrokenPairRules.AllRowsAreReadBeneathAPair()),
    EACH_ROW_IS_A_PAIR(new BrokenPairRules.EachRowIsAPair()),
    ROWS_WITHOUT_THE_VALUE_MAKE_A_PAIR(new BrokenPairRules.RowsWithoutTheValueMakeAPair()),
    WEIGHTS_OF_ZERO_COUNT(new BrokenRowRules.WeightsOfZeroCount()),
    ROWS_THAT_HAVE_NOT_ENDED_ARE_LEFT_OUT(new BrokenRowRules.RowsThatHaveNotEndedAreLeftOut()),
    ALL_ARE_LAST_SEEN_AT_THEIR_TIME(new BrokenRowRules.AllAreLastSeenAtTheirTime()),
    ROWS_THAT_HAVE_NOT_ENDED_COUNT_FOR_EVER(new BrokenRowRules.RowsThatHaveNotEndedCountForEver()),
    ROWS_THAT_HAVE_LASTED_SO_LONG_DO_NOT_COUNT(
            new BrokenRowRules.RowsThatHaveLastedSoLongDoNotCount()),
    MORE_THAN_THE_SHARE_MUST_HAVE_ENDED(new BrokenRowRules.MoreThanTheShareMustHaveEnded()),
    PERCENTILES_IGNORE_WEIGHTS(new BrokenRowRules.PercentilesIgnoreWeights()),
    WEIGHTS_ARE_FREQUENCIES(new BrokenRowRules.WeightsAreFrequencies()),
    DISCRETE_PERCENTILE_NEEDS_MORE_WEIGHT(new BrokenRowRules.DiscretePercentileNeedsMoreWeight()),
    NEGATIVE_WEIGHTS_COUNT(new BrokenRowRules.NegativeWeightsCount()),
    NONE_SETTLED_IS_NOUGHT(new BrokenWindowRules.NoneSettledIsNought()),
    SOME_PENDING_IS_NOT_YET(new BrokenWindowRules.SomePendingIsNotYet()),
    PENDING_IS_NOT_TOLD(BrokenAnswers::pendingIsNotTold),
    PENDING_OF_USERS_IS_COUNTED_BY_ACCOUNT(BrokenWindowRules::pendingOfUsersIsCountedByAccount),
    PENDING_OF_UNITS_ADDS_UP(BrokenWindowRules::pendingOfUnitsAddsUp),

    MEMBER_BEFORE_IT_BEGAN(new BrokenRules.MemberBeforeItBegan()),
    REMOVED_MEMBER_STAYS(new BrokenRules.RemovedMemberStays()),
    MEMBER_THAT_BEGINS_AFTER_AS_OF(new BrokenRules.MemberThatBeginsAfterAsOf()),
    DATE_OF_A_MEMBER_IS_AN_INSTANT(new BrokenRules.DateOfAMemberIsAnInstant()),
    FIRST_FACT_BY_DATE_DOES_NOT_COUNT(new BrokenRules.FirstFactByDateDoesNotCount()),
    MEMBER_OF_WHICH_NOTHING_IS_KNOWN(new BrokenRules.MemberOfWhichNothingIsKnown()),
    MEMBERS_WITHOUT_FACTS_ARE_DROPPED(new BrokenRules.MembersWithoutFactsAreDropped()),
    UNITS_WITHOUT_FACTS_ARE_DROPPED(new BrokenRules.UnitsWithoutFactsAreDropped()),
    FIRST_UNIT_OF_A_BUCKET_IS_LEFT_OUT(BrokenPlans::firstUnitOfABucketIsLeftOut),
    LAST_UNIT_OF_A_BUCKET_IS_LEFT_OUT(BrokenPlans::lastUnitOfABucketIsLeftOut),
    KEYS_BESIDE_UNITS_ARE_OF_THE_UNIT(BrokenMoments::keysBesideUnitsAreOfTheUnit),
    VALID_ROWS_READ_ATTRIBUTES_AT_THEIR_EDGE_ALONE(
            BrokenMoments::validRowsReadAttributesAtTheirEdgeAlone),
    AGE_THAT_IS_NOT_REACHED_IS_NOUGHT(new BrokenRules.AgeThatIsNotReachedIsNought()),
    EDGE_OF_WINDOW_IS_THAT_OF_THE_BUCKET(new BrokenRules.EdgeOfWindowIsThatOfTheBucket()),
    AGE_IS_REACHED_BY_THE_BUCKET_WHATEVER_IS_READ(
            new BrokenRules.AgeIsReachedByTheBucketWhateverIsRead()),
    UNIT_THAT_IS_NOT_KNOWN_HIDES_THOSE_THAT_ARE(
            new BrokenRules.UnitThatIsNotKnownHidesThoseThatAre()),
    MEMBERS_HAVE_ONE_AGE_IN_THE_RANGE(BrokenPlans::membersHaveOneAgeInTheRange),
    NO_ACCOUNT_IS_A_MEMBER(new BrokenRules.NoAccountIsAMember()),
    NO_ACCOUNT_IS_A_DISTINCT_ACCOUNT(new BrokenRules.NoAccountIsADistinctAccount()),
    USERS_OF_TWO_ACCOUNTS_ARE_ONE(new BrokenRules.UsersOfTwoAccountsAreOne()),
    USERS_OF_TWO_ACCOUNTS_ARE_ONE_GROUP(BrokenPlans::usersOfTwoAccountsAreOneGroup),

    ZERO_FOR_NO_DATA(new BrokenRules.ZeroForNoData()),
    NO_DATA_FOR_ZERO(new BrokenRules.NoDataForZero()),
    EMPTY_IS_COUNTED_AS_ZERO(new BrokenRules.EmptyIsCountedAsZero()),
    EMPTY_METRIC_IS_ZERO(BrokenPlans::emptyMetricIsZero),
    DIVISION_BY_ZERO_IS_ZERO(new BrokenRules.DivisionByZeroIsZero()),
    SHARE_OF_NOTHING_IS_ZERO(new BrokenRules.ShareOfNothingIsZero()),
    SHARE_IS_A_PLAIN_DIVISION(BrokenPlans::shareIsAPlainDivision),
    LAST_OPERAND_SAYS_WHY(BrokenPlans::lastOperandSaysWhy),
    COVERAGE_IS_IGNORED(new BrokenRules.CoverageIsIgnored()),
    BEFORE_THE_DATA_COMES_BEFORE_NOT_BEGUN(new BrokenRules.BeforeTheDataComesBeforeNotBegun()),
    COVERAGE_ENDS_A_DAY_EARLY(new BrokenRules.CoverageEndsAtTheLastFactsOwnDay()),
    COVERAGE_OF_DATES_IS_COMPARED_AS_INSTANTS(
            new BrokenRules.CoverageOfDatesIsComparedAsInstants()),
    COVERAGE_OF_WHAT_MEMBERS_READ_IS_IGNORED(new BrokenRules.CoverageOfWhatMembersReadIsIgnored()),
    WHAT_KEYS_READ_DECIDES_TOTALS(new BrokenRules.WhatKeysReadDecidesTotals()),
    COVERAGE_IS_NOT_TOLD(BrokenAnswers::coverageIsNotTold),

    ACCOUNTS_OF_ROWS_ARE_READ_IN_THE_WHOLE_RANGE(
            new BrokenRules.AccountsOfRowsAreReadInTheWholeRange()),
    NO_ACCOUNT_HAS_WHAT_IS_READ_OF_NONE(BrokenPlans::noAccountHasWhatIsReadOfNone),

    WHAT_AN_ATTRIBUTE_WAS_LASTS_A_DAY_MORE(new BrokenRules.WhatAnAttributeWasLastsADayMore()),
    WHAT_BEGINS_AT_AN_EDGE_HELD_BEFORE(new BrokenRules.WhatBeginsAtAnEdgeHeldBefore()),
    WHAT_COMES_AFTER_AS_OF_IS_KNOWN(new BrokenRules.WhatComesAfterAsOfIsKnown()),
    BEFORE_THE_FIRST_VALUE_THERE_IS_NONE(new BrokenRules.BeforeTheFirstValueThereIsNone()),
    ATTRIBUTE_AS_OF_ANOTHER_TIME_IS_THAT_OF_THE_FACT(BrokenPlanning::momentOfAnAttributeIsNotSaid),
    AMOUNT_AS_OF_ITS_FACT_IS_CONVERTED_AT_THE_EDGE(BrokenPlanning::momentOfARateIsNotSaid),
    AGE_FROM_A_TIME_IS_FROM_THE_START_OF_THE_ACCOUNT(BrokenPlanning::ageIsFromTheStartOfTheAccount),
    ROWS_WITHOUT_A_RATE_ARE_OF_ONE_GROUP(new BrokenRateRules.RowsWithoutARateAreOfOneGroup()),

    WHAT_DEPENDS_ON_A_RATE_IS_UNDECIDED(new BrokenRateRules.WhatDependsOnARateIsUndecided()),
    HAVING_TAKES_WHAT_STANDS_IN_FOR_A_RATE(new BrokenRateRules.HavingTakesWhatStandsInForARate()),
    RATE_HOLDS_A_DAY_LONGER(new BrokenRateRules.RateHoldsADayLonger()),
    RATE_HOLDS_A_DAY_LESS(new BrokenRateRules.RateHoldsADayLess()),
    RATE_HOLDS_UNTIL_THE_NEXT(new BrokenRateRules.RateHoldsUntilTheNext()),
    EDGE_HAS_THE_RATE_OF_ITS_DAY(new BrokenRateRules.EdgeHasTheRateOfItsDay()),
    RATES_AFTER_AS_OF_ARE_KNOWN(new BrokenRateRules.RatesAfterAsOfAreKnown()),
    ONE_OF_TWO_RATES_HOLDS(new BrokenRateRules.OneOfTwoRatesHolds()),
    AMOUNTS_ARE_NOT_DIVIDED_BY_THE_RATE_OF_THEIR_TARGET(
            new BrokenRateRules.AmountsAreNotDividedByTheRateOfTheirTarget()),
    RATE_OF_NOUGHT_HOLDS(new BrokenRateRules.RateOfNoughtHolds()),
    RANKS_LEAVE_OUT_GROUPS_WITHOUT_RATE(new BrokenRateRules.RanksLeaveOutGroupsWithoutRate()),
    ROWS_WITHOUT_RATE_ARE_SKIPPED(new BrokenRateRules.RowsWithoutRateAreSkipped()),
    CONDITIONS_WITHOUT_RATE_DO_NOT_HOLD(new BrokenRateRules.ConditionsWithoutRateDoNotHold()),

    WHERE_KEEPS_EMPTY(new BrokenRules.WhereKeepsEmpty()),
    NOT_OF_EMPTY_IS_TRUE(new BrokenRules.NotOfEmptyIsTrue()),
    EMPTY_EQUALS_EMPTY(new BrokenRules.EmptyEqualsEmpty()),
    NEGATED_FILTER_LOSES_EMPTIES(BrokenPlans::negatedFilterLosesEmpties),
    UNDECIDED_ROWS_ARE_NOT_TOLD(BrokenAnswers::undecidedRowsAreNotTold),
    UNDECIDED_ROWS_ARE_THOSE_THAT_ARE_EMPTY(BrokenPlans::undecidedRowsAreThoseThatAreEmpty),
    UNDECIDED_ROWS_OF_ANY_SCOPE_ARE_TOLD(BrokenPlans::undecidedRowsOfAnyScopeAreTold),
    EMPTY_IS_FALSE_IN_SHARES(BrokenPlans::emptyIsFalseInShares),
    LEAST_SKIPS_EMPTIES(new BrokenRules.LeastSkipsEmpties()),
    SUMS_ARE_DOUBLES(new BrokenRules.SumsAreDoubles()),
    EVERYTHING_IS_A_DOUBLE(BrokenAnswers::everythingIsADouble),
    STANDARD_DEVIATION_IS_OF_THE_POPULATION(new BrokenRules.StandardDeviationIsOfThePopulation()),
    ONE_VALUE_DEVIATES_BY_ZERO(new BrokenRules.OneValueDeviatesByZero()),
    LAST_IS_THE_GREATEST(BrokenPlans::lastIsTheGreatest),
    FIRST_IS_BY_TIME_ALONE(BrokenPlans::firstIsByTimeAlone),
    PERCENTILE_IS_THE_NEAREST_RANK(new BrokenRules.PercentileIsTheNearestRank()),
    PERCENTILE_IS_THE_AVERAGE(BrokenPlans::percentileIsTheAverage),
    DISCRETE_PERCENTILE_IS_INTERPOLATED(BrokenPlans::discretePercentileIsInterpolated),
    TOP_IS_OF_THE_FIRST_KEYS(new BrokenRules.TopIsOfTheFirstKeys()),
    OTHERS_ARE_LEFT_OUT(BrokenPlans::othersAreLeftOut),
    ONE_GROUP_MORE_IS_SHOWN(BrokenPlans::oneGroupMoreIsShown),
    BEHIND_A_CELL_ARE_THE_ROWS_OF_ALL_GROUPS(BrokenReadings::behindACellAreTheRowsOfAllGroups),
    BEHIND_ALL_OTHER_GROUPS_ARE_THOSE_SHOWN_TOO(
            BrokenReadings::behindAllOtherGroupsAreThoseShownToo),
    ONLY_CHANGES_NOTHING(BrokenPlanning::onlyChangesNothing),
    SLICES_HAVE_ALL_ROWS_OF_THEIR_SOURCE(BrokenPlanning::slicesHaveAllRowsOfTheirSource),
    METRIC_OF_AN_ACCOUNT_IS_ROLLED_UP_AS_THE_GREATEST(BrokenPlanning::rollUpIsTheGreatest),
    METRIC_OF_AN_ACCOUNT_IS_ROLLED_UP_AS_THE_AVERAGE(BrokenPlanning::rollUpIsTheAverage),
    PARAMETER_OF_A_FORMULA_HAS_ITS_DEFAULT(BrokenPlanning::parametersGivenInAFormulaAreIgnored),
    PARAMETER_OF_A_QUESTION_HAS_ITS_DEFAULT(BrokenPlanning::parametersGivenInAQuestionAreIgnored),
    WEIGHT_OF_A_MISSING_PART_IS_LOST(BrokenPlanning::weightOfAMissingPartIsLost),
    SCORE_BELOW_THE_COVERAGE_IS_GIVEN(BrokenPlanning::coverageOfAScoreIsIgnored),
    PARTS_OF_A_WEIGHTED_SCORE_WEIGH_ALIKE(BrokenPlanning::partsOfAScoreWeighAlike),
    WHAT_IS_BEYOND_A_SCALE_IS_NOT_CLAMPED(BrokenReadings::whatIsBeyondAScaleIsNotClamped),
    RANK_SKIPS_NOTHING(new BrokenRules.RankSkipsNothing()),
    EQUALS_SHARE_THE_LAST_RANK(new BrokenRules.EqualsShareTheLastRank()),
    RANK_IS_AMONG_SHOWN_GROUPS(new BrokenRules.RankIsAmongShownGroups()),
    RANK_COMPARES_EVERY_DIGIT(new BrokenRules.RankComparesEveryDigit()),
    RANK_IS_OF_WHAT_HAVING_LEFT(BrokenAnswers::rankIsOfWhatHavingLeft),
    A_PERCENTILE_IS_ONE_RANK_NEARER(new BrokenRules.APercentileIsOneRankNearer()),
    THE_PART_THAT_IS_LEFT_IS_CERTAIN(new BrokenRules.ThePartThatIsLeftIsCertain()),
    ROWS_OF_AN_ACCOUNT_ARE_INDEPENDENT(new BrokenRules.RowsOfAnAccountAreIndependent()),
    ANY_SAMPLE_IS_ENOUGH(new BrokenRules.AnySampleIsEnough()),
    ENOUGH_IS_MORE_THAN_ASKED_FOR(new BrokenRules.EnoughIsMoreThanAskedFor()),
    HALVES_ARE_ROUNDED_TO_EVEN(new BrokenRules.HalvesAreRoundedToEven()),
    HALVES_ARE_ROUNDED_UP(new BrokenRules.HalvesAreRoundedUp()),
    DOUBLES_ARE_ROUNDED_BY_THEIR_LAST_BIT(new BrokenRules.DoublesAreRoundedByTheirLastBit()),
    LOCAL_TIME_IS_UTC(new BrokenRules.LocalTimeIsUtc()),
    TEXT_IS_COMPARED_BY_UTF_16(new BrokenRules.TextIsComparedByUtf16()),
    TEXT_IS_COMPARED_WITHOUT_CASE(new BrokenRules.TextIsComparedWithoutCase()),
    DISTINCT_COUNTS_ROWS(BrokenPlans::distinctCountsRows),
    PARTS_ARE_NOT_TOLD(BrokenAnswers::partsAreNotTold),
    SAMPLE_IS_NOT_TOLD(BrokenAnswers::sampleIsNotTold),

    CONDITIONS_DROPPED_ON_THE_LAST_SCAN(BrokenPlans::conditionsDroppedOnTheLastScan),
    CONDITIONS_DROPPED_ON_MEMBERS(BrokenPlans::conditionsDroppedOnMembers),
    COHORT_DROPPED(BrokenPlans::cohortDropped),
    SCOPE_SHOWS_FACTS_OF_NO_ACCOUNT(BrokenPlans::scopeShowsFactsOfNoAccount),
    TEST_ACCOUNTS_COUNT(BrokenPlans::testAccountsCount),
    TEST_ACCOUNTS_COUNT_BENEATH_ROWS(BrokenPlans::testAccountsCountBeneathRows),
    WHERE_DROPPED_ON_THE_LAST_LEAF(BrokenPlans::whereDroppedOnTheLastLeaf),
    WHERE_DROPPED_INSIDE_OF_MEMBERS(BrokenPlans::whereDroppedInsideOfMembers),

    DISTINCT_IS_ADDED_UP_IN_TOTALS(BrokenAnswers::distinctIsAddedUpInTotals),
    AVERAGES_ARE_AVERAGED_IN_TOTALS(BrokenAnswers::averagesAreAveragedInTotals),
    RATIOS_ARE_AVERAGED_IN_TOTALS(BrokenAnswers::ratiosAreAveragedInTotals),
    TOTALS_ARE_OF_THE_CELLS_THAT_HAVING_LEFT(BrokenAnswers::totalsAreOfTheCellsThatHavingLeft),
    TOTALS_ARE_MISSING(BrokenAnswers::totalsAreMissing),
    TOTALS_COME_FIRST(BrokenAnswers::totalsComeFirst),

    BLANK_TEXT_IS_NO_VALUE(new BrokenRowRules.BlankTextIsNoValue()),
    NO_ACCOUNT_IS_NO_VALUE(new BrokenRowRules.NoAccountIsNoValue()),
    DISTINCT_KEYS_OF_USERS_ARE_TEXTS(new BrokenRules.DistinctKeysOfUsersAreTexts()),
    EMPTY_RULE_IS_NEITHER_IN_NOR_OUT(BrokenPlans::emptyRuleIsNeitherInNorOut),
    NO_ACCOUNT_IS_OUTSIDE_OF_A_COHORT(BrokenPlans::noAccountIsOutsideOfACohort),
    NAMED_TEST_ACCOUNTS_ARE_LEFT_OUT(BrokenPlans::namedTestAccountsAreLeftOut),
    NAMED_TEST_ACCOUNTS_COUNT_FOR_NEIGHBOURS(BrokenPlans::namedTestAccountsCountForNeighbours),
    NO_ACCOUNT_OVERWRITES_KEYS(new BrokenRowRules.NoAccountOverwritesKeys()),
    FIELDS_ARE_EMPTY_FOR_WANT_OF_AN_ACCOUNT(new BrokenRowRules.FieldsAreEmptyForWantOfAnAccount()),
    GAPS_ARE_NOT_FILLED(new BrokenRowRules.GapsAreNotFilled()),
    GAPS_ARE_ALWAYS_FILLED(new BrokenRowRules.GapsAreAlwaysFilled()),
    ROWS_ARE_DENSE_OVER_COMBINATIONS(new BrokenRowRules.RowsAreDenseOverCombinations()),
    ROWS_OF_TOTALS_MAKE_NO_GROUP(BrokenTotals::rowsOfTotalsMakeNoGroup),
    KEYS_THAT_ARE_COMPUTED_NEVER_STAY(BrokenTotals::keysThatAreComputedNeverStay),
    TOTAL_BY_A_KEY_IS_OF_ALL_GROUPS(BrokenPlanning::totalByAKeyIsOfAllGroups),
    TOTAL_IN_A_KEY_IS_OF_THE_ACCOUNT(BrokenTotals::totalInAKeyIsOfTheAccount),
    TOTAL_BENEATH_MEMBERS_IS_OF_ALL_GROUPS(new BrokenRowRules.TotalBeneathMembersIsOfAllGroups()),
    NO_VALUE_IS_NO_GROUP_OF_MEMBERS(new BrokenRowRules.NoValueIsNoGroupOfMembers()),
    TOTAL_IS_OF_THE_GROUP(new BrokenRowRules.TotalIsOfTheGroup()),
    HOUR_THAT_COMES_TWICE_IS_ONE(new BrokenRowRules.HourThatComesTwiceIsOne()),
    HOURS_ARE_THOSE_OF_UTC(new BrokenRowRules.HoursAreThoseOfUtc()),
    NO_ROW_OVER_NOTHING(new BrokenRowRules.NoRowOverNothing()),

    HAVING_IS_IGNORED(BrokenPlans::havingIsIgnored),
    ORDER_IS_ALWAYS_FROM_SMALL_TO_LARGE(BrokenPlans::orderIsAlwaysFromSmallToLarge),
    ONLY_THE_FIRST_TERM_ORDERS(BrokenPlans::onlyTheFirstTermOrders),
    NOTHING_COMES_FIRST(new BrokenRowRules.NothingComesFirst()),
    NOTHING_COMES_FIRST_FROM_LARGE_TO_SMALL(new BrokenRowRules.NothingComesFirstFromLargeToSmall()),
    PAGE_REPEATS_THE_LAST_ROW(new BrokenRowRules.PageRepeatsTheLastRow()),
    PAGE_HAS_ONE_ROW_TOO_MANY(new BrokenRowRules.PageHasOneRowTooMany()),
    THERE_IS_NEVER_MORE(BrokenAnswers::thereIsNeverMore);

    private final Rules rules;
    private final UnaryOperator<AnalysisPlan> reading;
    private final BiFunction<AnalysisPlan, Answer, Answer> telling;
    private final Misreading asking;

    Fault(Rules rules) {
        this(rules, UnaryOperator.identity(), (_, answer) -> answer, Misreading.NONE);
    }

    Fault(UnaryOperator<AnalysisPlan> reading) {
        this(new Rules(), reading, (_, answer) -> answer, Misreading.NONE);
    }

    Fault(BiFunction<AnalysisPlan, Answer, Answer> telling) {
        this(new Rules(), UnaryOperator.identity(), telling, Misreading.NONE);
    }

    Fault(Misreading asking) {
        this(new Rules(), UnaryOperator.identity(), (_, answer) -> answer, asking);
    }

    Fault(
            Rules rules,
            UnaryOperator<AnalysisPlan> reading,
            BiFunction<AnalysisPlan, Answer, Answer> telling,
            Misreading asking) {
        this.rules = rules;
        this.reading = reading;
        this.telling = telling;
        this.asking = asking;
    }

    /** The question, and the definitions of its metrics, as a planner with this fault would take them. */
    Misreading asking() {
        return asking;
    }

    /** The reference executor with this fault in it. */
    AnalysisExecutor over(World world) {
        var underneath = new ReferenceExecutor(world, rules);
        return new AnalysisExecutor() {
            @Override
            public Map<String, LocalDate> coverageStarts(
                    Set<String> sources, @Nullable Instant knownAt) {
                return underneath.coverageStarts(sources, knownAt);
            }

            @Override
            public Capabilities capabilities() {
                return underneath.capabilities();
            }

            @Override
            public Answer execute(AnalysisPlan plan, Duration limit) {
                return telling.apply(plan, underneath.execute(reading.apply(plan), limit));
            }

            @Override
            public String describe(AnalysisPlan plan) {
                return underneath.describe(plan);
            }
        };
    }
}
