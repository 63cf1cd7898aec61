package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.service.PredictionRows.OfAccount;
import dev.cairn.application.service.PredictionRows.Refused;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Customer;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.GammaGamma;
import dev.cairn.domain.prediction.Prediction;
import dev.cairn.domain.prediction.Prediction.Account;
import dev.cairn.domain.prediction.PredictionCheck;
import dev.cairn.domain.prediction.PredictionCheck.Checked;
import dev.cairn.domain.prediction.PredictionQuery;
import dev.cairn.domain.prediction.PredictionQuery.Order;
import dev.cairn.domain.prediction.PredictionQuestion;
import dev.cairn.domain.prediction.Predictor;
import dev.cairn.domain.prediction.PurchaseHistory;
import dev.cairn.domain.prediction.Spending;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts customers by their histories in the database, fits the models to the counts, and predicts for each account. */
public final class PredictService implements PredictUseCase {
    /** Below so many customers, or so many who bought again, parameters mean nothing. */
    private static final int FEWEST_CUSTOMERS = 100;

    private static final int FEWEST_AGAIN = 30;

    private final Catalogs catalogs;
    private final AnalyzeUseCase analyses;
    private final Clock clock;
    private final Workers workers;
    private final KeptFits fits = new KeptFits();

    public PredictService(
            Catalogs catalogs, AnalyzeUseCase analyses, Clock clock, Workers workers) {
        this.catalogs = catalogs;
        this.analyses = analyses;
        this.clock = clock;
        this.workers = workers;
    }

    @Override
    public Outcome predict(PredictionQuery query, Caller caller, Deadline deadline) {
        var fingerprint = PredictionCursor.fingerprint(query, caller);
        var after = Optional.ofNullable(query.after());
        var cursor = after.flatMap(text -> PredictionCursor.decode(text, fingerprint));
        if (after.isPresent() && cursor.isEmpty()) {
            return new Outcome.Rejected(
                    List.of(
                            Problem.of(
                                    ProblemCode.BAD_PAGE,
                                    Place.of("after"),
                                    "This cursor is not of this question; ask again from the first page.")));
        }
        var asOf =
                cursor.map(PredictionCursor::asOf)
                        .or(() -> Optional.ofNullable(query.asOf()))
                        .orElseGet(clock::instant);
        var until =
                cursor.map(PredictionCursor::calibratedUntil).orElseGet(() -> until(query, asOf));
        return switch (PredictionCheck.of(query, catalogs.current(), asOf, until)) {
            case Checked.Unsound(var problems) -> new Outcome.Rejected(problems);
            case Checked.Sound(var question) -> {
                try {
                    yield predicted(
                            question,
                            new PredictionRows(question, analyses, caller, deadline),
                            new Page(query, fingerprint, cursor.orElse(null)),
                            caller,
                            deadline);
                } catch (Refused refused) {
                    yield new Outcome.Rejected(refused.problems());
                }
            }
        };
    }

    private static LocalDate until(PredictionQuery query, Instant asOf) {
        return query.calibratedUntil() == null
                ? asOf.atZone(query.zone()).toLocalDate()
                : query.calibratedUntil();
    }

    private Outcome predicted(
            PredictionQuestion question,
            PredictionRows rows,
            Page page,
            Caller caller,
            Deadline deadline) {
        var counts = rows.counts();
        var until = question.calibratedUntil();
        var histories = histories(counts.customers(), until);
        var spendings = spendings(counts.customers());
        var tooFew = tooFew(histories);
        if (tooFew.isPresent()) {
            return new Outcome.Rejected(List.of(tooFew.get()));
        }
        var buying =
                Workers.done(
                        workers.large(), caller, deadline, () -> fits.buying(histories, deadline));
        var spending =
                customers(spendings) < FEWEST_AGAIN
                        ? null
                        : Workers.done(
                                workers.large(),
                                caller,
                                deadline,
                                () -> fits.spending(spendings, deadline));
        boolean isOver =
                !question.horizonUntil()
                        .isAfter(question.asOf().atZone(question.query().zone()).toLocalDate());
        Map<Integer, Double> bought =
                question.query().holdout() && isOver ? rows.bought() : Map.of();
        var predictor =
                new Predictor(
                        buying.model(),
                        spending == null ? null : spending.model(),
                        until,
                        question.horizonUntil(),
                        question.query().discount());
        var accounts = page.read(rows);
        return Workers.done(
                workers.large(),
                caller,
                deadline,
                () ->
                        new Outcome.Predicted(
                                prediction(
                                        question,
                                        counts,
                                        buying,
                                        spending,
                                        spending == null ? null : Predictor.correlation(spendings),
                                        predictor,
                                        bought,
                                        page.of(question, predictor, accounts))));
    }

    private static Prediction prediction(
            PredictionQuestion question,
            PredictionRows.Counts counts,
            Fit<BetaGeometric> buying,
            @Nullable Fit<GammaGamma> spending,
            @Nullable Double correlation,
            Predictor predictor,
            Map<Integer, Double> bought,
            Listed listed) {
        var from =
                counts.customers().stream()
                        .map(counted -> counted.customer().firstOn())
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        return new Prediction(
                from,
                question.calibratedUntil(),
                question.horizonUntil(),
                question.asOf(),
                listed.currency(),
                buying,
                spending,
                correlation,
                predictor.classes(counts.customers(), bought),
                predictor.total(counts.customers()),
                PredictionWarnings.of(
                        from, question.calibratedUntil(), counts, buying, spending, correlation),
                listed.accounts(),
                listed.hasNextPage(),
                listed.cursor());
    }

    private static List<PurchaseHistory.Counted> histories(
            List<Customer.Counted> customers, LocalDate until) {
        var counts =
                new TreeMap<PurchaseHistory, Long>(
                        Comparator.comparingLong(PurchaseHistory::repeats)
                                .thenComparingDouble(PurchaseHistory::recency)
                                .thenComparingDouble(PurchaseHistory::age));
        customers.forEach(counted ->
                counts.merge(counted.customer().history(until), counted.customers(), Long::sum));
        var histories = new ArrayList<PurchaseHistory.Counted>();
        counts.forEach(
                (history, count) -> histories.add(new PurchaseHistory.Counted(history, count)));
        return histories;
    }

    private static List<Spending.Counted> spendings(List<Customer.Counted> customers) {
        var counts =
                new TreeMap<Spending, Long>(
                        Comparator.comparingLong(Spending::purchases)
                                .thenComparingDouble(Spending::mean));
        customers.forEach(counted -> {
            var spending = counted.customer().spending();
            if (spending != null) {
                counts.merge(spending, counted.customers(), Long::sum);
            }
        });
        var spendings = new ArrayList<Spending.Counted>();
        counts.forEach((spending, count) -> spendings.add(new Spending.Counted(spending, count)));
        return spendings;
    }

    private static long customers(List<Spending.Counted> spendings) {
        return spendings.stream().mapToLong(Spending.Counted::customers).sum();
    }

    private static Optional<Problem> tooFew(List<PurchaseHistory.Counted> histories) {
        long all = histories.stream().mapToLong(PurchaseHistory.Counted::customers).sum();
        long again =
                histories.stream()
                        .filter(counted -> counted.history().repeats() > 0)
                        .mapToLong(PurchaseHistory.Counted::customers)
                        .sum();
        return all >= FEWEST_CUSTOMERS && again >= FEWEST_AGAIN
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                ProblemCode.NOT_ENOUGH_DATA,
                                Place.NOWHERE,
                                "Before the calibration ends %d customers bought, and %d of them on another day again. A model is fitted to %d customers at least, of whom %d bought again.",
                                all,
                                again,
                                FEWEST_CUSTOMERS,
                                FEWEST_AGAIN));
    }

    /** @param cursor of the last account; null where there is none */
    private record Listed(
            List<Account> accounts,
            @Nullable String currency,
            boolean hasNextPage,
            @Nullable String cursor) {}

    /** @param cursor of the page before; null: this is the first */
    private record Page(
            PredictionQuery query, String fingerprint, @Nullable PredictionCursor cursor) {
        /** Those of the page where they are ordered by key; all of them where only the models know the order. */
        PredictionRows.Accounts read(PredictionRows rows) {
            return query.order() == Order.ACCOUNT
                    ? rows.accounts(query.first(), cursor == null ? null : cursor.position())
                    : rows.accounts();
        }

        Listed of(PredictionQuestion question, Predictor predictor, PredictionRows.Accounts read) {
            var accounts = predicted(read.accounts(), predictor);
            return query.order() == Order.ACCOUNT
                    ? new Listed(
                            accounts,
                            read.currency(),
                            read.hasNextPage(),
                            read.cursor() == null ? null : cursor(question, 0, read.cursor()))
                    : ordered(question, accounts, read.currency());
        }

        private static List<Account> predicted(List<OfAccount> accounts, Predictor predictor) {
            return accounts.stream()
                    .map(account -> predictor.account(account.key(), account.customer()))
                    .toList();
        }

        private Listed ordered(
                PredictionQuestion question, List<Account> accounts, @Nullable String currency) {
            var following =
                    accounts.stream()
                            .filter(this::isAfterCursor)
                            .sorted(
                                    Comparator.comparingDouble(this::rank)
                                            .thenComparing(Account::account))
                            .toList();
            var page = following.subList(0, Math.min(query.first(), following.size()));
            return new Listed(
                    page,
                    currency,
                    page.size() < following.size(),
                    page.isEmpty()
                            ? null
                            : cursor(question, rank(page.getLast()), page.getLast().account()));
        }

        private boolean isAfterCursor(Account account) {
            if (cursor == null) {
                return true;
            }
            int byRank = Double.compare(rank(account), cursor.order());
            return byRank > 0
                    || (byRank == 0 && account.account().compareTo(cursor.position()) > 0);
        }

        /** The least comes first. */
        private double rank(Account account) {
            return switch (query.order()) {
                case ACCOUNT -> 0;
                case VALUE ->
                        account.expectedValue() == null
                                ? Double.POSITIVE_INFINITY
                                : -account.expectedValue();
                case TRANSACTIONS -> -account.expectedPurchases();
                case PROBABILITY_ALIVE -> account.probabilityAlive();
            };
        }

        private String cursor(PredictionQuestion question, double order, String position) {
            return new PredictionCursor(
                            fingerprint,
                            question.asOf(),
                            question.calibratedUntil(),
                            order,
                            position)
                    .encode();
        }
    }
}
