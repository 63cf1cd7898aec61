package dev.cairn.domain.calibration;

import dev.cairn.domain.calibration.RenewalForecast.BackTest;
import dev.cairn.domain.calibration.RenewalForecast.Calls;
import dev.cairn.domain.calibration.RenewalForecast.Expected;
import dev.cairn.domain.calibration.RenewalForecast.Group;
import dev.cairn.domain.statistics.BetaBinomial;
import dev.cairn.domain.statistics.Normal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what became of contracts by band, and forecasts those that are open by it. */
public final class RenewalForecaster {
    /** Of more contracts the sum is taken as normal: to add up their chances one by one takes the square of their number. */
    private static final int MOST_EXACT = 5000;

    private static final String NONE = "";

    private final RenewalForecastQuery query;
    private final ScoreBands bands;
    private final LocalDate today;

    public RenewalForecaster(RenewalForecastQuery query, ScoreBands bands, LocalDate today) {
        this.query = query;
        this.bands = bands;
        this.today = today;
    }

    /** What scores are read of: of contracts that came due so many days before it, of open ones today. */
    public Map<LocalDate, Set<String>> needed(List<Term> past, List<Term> due) {
        var needed = new TreeMap<LocalDate, Set<String>>();
        for (int days : query.days()) {
            for (var term : past) {
                var on = query.every().before(term.due().minusDays(days));
                if (term.decided() > 0 && !term.isDecidedBefore(on)) {
                    needed.computeIfAbsent(on, _ -> new TreeSet<>()).add(term.account());
                }
            }
        }
        for (var term : due) {
            if (term.terms() > term.decided()) {
                needed.computeIfAbsent(today, _ -> new TreeSet<>()).add(term.account());
            }
        }
        return needed;
    }

    /**
     * A contract of the past.
     *
     * @param contract the same whenever its score is read
     * @param known when it was due and decided
     * @param call NaN: there was none
     */
    private record Past(
            String contract,
            LocalDate on,
            LocalDate known,
            String band,
            double call,
            boolean isRenewed) {}

    /** Of so many so many were renewed. */
    private record Count(int cases, int renewed) {
        private static final Count ZERO = new Count(0, 0);

        Count plus(boolean isRenewed) {
            return new Count(cases + 1, renewed + (isRenewed ? 1 : 0));
        }

        BetaBinomial chance() {
            return BetaBinomial.known(renewed, cases);
        }
    }

    /** @param scores by day and account: the score and, where there is one, the call */
    public RenewalForecast forecast(
            List<Term> past,
            List<Term> due,
            Map<LocalDate, Map<String, double[]>> scores,
            @Nullable String currency,
            Instant asOf) {
        var history = new TreeMap<Integer, List<Past>>();
        query.days().forEach(days -> history.put(days, past(days, past, scores)));
        var now = scores.getOrDefault(today, Map.of());
        var open = due.stream().filter(term -> term.terms() > term.decided()).toList();
        var groups = groups(open, now, history);
        boolean isWorth = query.contracts().value() != null;
        int terms = open.stream().mapToInt(RenewalForecaster::openOf).sum();
        var calls = open.stream().filter(term -> !Double.isNaN(call(now, term))).toList();
        return new RenewalForecast(
                asOf,
                due.stream().mapToInt(Term::renewed).sum(),
                due.stream().mapToInt(term -> term.decided() - term.renewed()).sum(),
                terms,
                terms == 0 ? null : expected(groups, terms, history),
                isWorth ? open.stream().mapToDouble(RenewalForecaster::openValueOf).sum() : null,
                isWorth ? expectedValue(open, now, history) : null,
                currency,
                query.call() == null
                        ? null
                        : calls.stream().mapToDouble(term -> call(now, term) * openOf(term)).sum(),
                calls.stream().mapToInt(RenewalForecaster::openOf).sum(),
                groups,
                history.entrySet().stream()
                        .map(one -> backTest(one.getKey(), one.getValue()))
                        .toList());
    }

    private static int openOf(Term term) {
        return term.terms() - term.decided();
    }

    private static double openValueOf(Term term) {
        return term.value() - term.valueDecided();
    }

    private String band(double @Nullable [] scores) {
        return scores == null || Double.isNaN(scores[0]) ? NONE : bands.of(scores[0]);
    }

    private static double call(Map<String, double[]> scores, Term term) {
        var read = scores.get(term.account());
        return read == null || read.length < 2 ? Double.NaN : read[1];
    }

    private List<Past> past(
            int days, List<Term> terms, Map<LocalDate, Map<String, double[]>> scores) {
        var past = new ArrayList<Past>();
        for (var term : terms) {
            var on = query.every().before(term.due().minusDays(days));
            var then = scores.getOrDefault(on, Map.of());
            var read = then.get(term.account());
            if (read == null || term.isDecidedBefore(on)) {
                continue;
            }
            for (int i = 0; i < term.decided(); i++) {
                past.add(
                        new Past(
                                "%s %s %s %d"
                                        .formatted(term.due(), term.decidedOn(), term.account(), i),
                                on,
                                term.known(),
                                band(read),
                                call(then, term),
                                i < term.renewed()));
            }
        }
        past.sort(Comparator.comparing(Past::on));
        return past;
    }

    /** The rate counted at the next greater number of days, or the greatest. */
    private int daysFor(Term term) {
        long left = ChronoUnit.DAYS.between(today, term.due());
        return query.days().stream()
                .filter(days -> days >= left)
                .min(Comparator.naturalOrder())
                .orElseGet(() -> query.days().stream().max(Comparator.naturalOrder()).orElse(1));
    }

    private static Count count(List<Past> history, String band) {
        var count = Count.ZERO;
        for (var one : history) {
            count = one.band().equals(band) ? count.plus(one.isRenewed()) : count;
        }
        return count;
    }

    private List<Group> groups(
            List<Term> open, Map<String, double[]> now, Map<Integer, List<Past>> history) {
        var groups = new ArrayList<Group>();
        var names = new ArrayList<>(bands.names());
        names.add(NONE);
        for (int days : history.keySet()) {
            for (var name : names) {
                int terms =
                        open.stream()
                                .filter(term -> daysFor(term) == days)
                                .filter(term -> band(now.get(term.account())).equals(name))
                                .mapToInt(RenewalForecaster::openOf)
                                .sum();
                if (terms > 0) {
                    var count = count(history.getOrDefault(days, List.of()), name);
                    groups.add(
                            new Group(
                                    name.equals(NONE) ? null : name,
                                    days,
                                    terms,
                                    count.cases(),
                                    count.renewed(),
                                    count.chance().mean()));
                }
            }
        }
        return groups;
    }

    private static Expected expected(
            List<Group> groups, int terms, Map<Integer, List<Past>> history) {
        double mean = groups.stream().mapToDouble(one -> one.open() * one.rate()).sum();
        double apart = 0;
        var rates = new ArrayList<CountedRate>();
        for (var one : groups) {
            var chance = BetaBinomial.known(one.renewed(), one.cases());
            apart += one.open() * (chance.within() + one.open() * chance.variance());
            var band = one.band() == null ? NONE : one.band();
            rates.add(
                    new CountedRate(
                            chance,
                            contracts(history.getOrDefault(one.daysBefore(), List.of()), band),
                            one.open()));
        }
        double variance = apart + CountedRate.shared(rates);
        if (terms > MOST_EXACT) {
            return normal(mean, variance, terms);
        }
        var sum = new BetaBinomial.Sum();
        groups.forEach(one -> sum.add(BetaBinomial.known(one.renewed(), one.cases()), one.open()));
        var interval = sum.interval();
        // As skewed as if rates knew nothing of each other, and as much wider as they go together.
        double wider = Math.sqrt(variance / apart);
        return new Expected(
                mean,
                Math.max(0, mean - wider * (mean - interval.low())),
                Math.min(terms, mean + wider * (interval.high() - mean)));
    }

    private static Set<String> contracts(List<Past> history, String band) {
        return history.stream()
                .filter(one -> one.band().equals(band))
                .map(Past::contract)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Expected normal(double mean, double variance, double most) {
        double half = Normal.QUANTILE_975 * Math.sqrt(variance);
        return new Expected(mean, Math.max(0, mean - half), Math.min(most, mean + half));
    }

    /** Those of one band and rate go together as far as the rate is not known, and rates as far as they were counted of the same contracts. */
    private Expected expectedValue(
            List<Term> open, Map<String, double[]> now, Map<Integer, List<Past>> history) {
        var sums = new HashMap<String, double[]>();
        var chances = new HashMap<String, BetaBinomial>();
        var contracts = new HashMap<String, Set<String>>();
        for (var term : open) {
            int days = daysFor(term);
            var band = band(now.get(term.account()));
            var key = days + " " + band;
            chances.computeIfAbsent(
                    key, _ -> count(history.getOrDefault(days, List.of()), band).chance());
            contracts.computeIfAbsent(
                    key, _ -> contracts(history.getOrDefault(days, List.of()), band));
            var sum = sums.computeIfAbsent(key, _ -> new double[2]);
            double value = openValueOf(term);
            sum[0] += value;
            sum[1] += value * value / openOf(term);
        }
        double mean = 0;
        double variance = 0;
        double total = 0;
        var rates = new ArrayList<CountedRate>();
        for (var one : sums.entrySet()) {
            var chance = chances.getOrDefault(one.getKey(), Count.ZERO.chance());
            double value = one.getValue()[0];
            total += value;
            mean += value * chance.mean();
            variance += chance.within() * one.getValue()[1] + chance.variance() * value * value;
            rates.add(
                    new CountedRate(chance, contracts.getOrDefault(one.getKey(), Set.of()), value));
        }
        return normal(mean, variance + CountedRate.shared(rates), total);
    }

    /** A contract of the past with the forecast that it would have had. */
    private record Tested(Past past, BetaBinomial chance, double ofAll) {
        double outcome() {
            return past.isRenewed() ? 1 : 0;
        }

        /** Whether it was not known yet what became of it when the score of another one of its band was read. */
        boolean isOpenFor(Past later) {
            return past.band().equals(later.band()) && !past.known().isBefore(later.on());
        }

        boolean isHit(double chance) {
            return (chance >= 0.5) == past.isRenewed();
        }
    }

    private BackTest backTest(int days, List<Past> history) {
        var tested = new ArrayList<Tested>();
        int without = 0;
        for (var one : history) {
            var before =
                    history.stream().filter(other -> other.known().isBefore(one.on())).toList();
            var ofBand = count(before, one.band());
            if (ofBand.cases() == 0) {
                without++;
                continue;
            }
            long renewed = before.stream().filter(Past::isRenewed).count();
            tested.add(
                    new Tested(
                            one,
                            ofBand.chance(),
                            BetaBinomial.known(renewed, before.size()).mean()));
        }
        return new BackTest(
                days,
                tested.size(),
                without,
                summed(tested),
                (int) tested.stream().filter(one -> one.past().isRenewed()).count(),
                brier(tested, one -> one.chance().mean()),
                brier(tested, Tested::ofAll),
                share(tested, one -> one.chance().mean()),
                query.call() == null ? null : calls(tested));
    }

    /**
     * The error of a forecast has nothing to do with that of an earlier one whose outcome it knows. Of those of a band whose outcomes it does not know, both lack the same of the rate.
     *
     * @param tested in the order in which their scores were read
     */
    private static Expected summed(List<Tested> tested) {
        double mean = 0;
        double variance = 0;
        for (int at = 0; at < tested.size(); at++) {
            var one = tested.get(at);
            long open =
                    tested.subList(0, at).stream()
                            .filter(earlier -> earlier.isOpenFor(one.past()))
                            .count();
            mean += one.chance().mean();
            variance += one.chance().within() + (1 + 2 * open) * one.chance().variance();
        }
        return normal(mean, variance, tested.size());
    }

    private static Calls calls(List<Tested> tested) {
        var with = tested.stream().filter(one -> !Double.isNaN(one.past().call())).toList();
        return new Calls(
                with.size(),
                brier(with, one -> one.past().call()),
                brier(with, one -> one.chance().mean()),
                share(with, one -> one.past().call()));
    }

    private static @Nullable Double brier(List<Tested> tested, ToDoubleFunction<Tested> chance) {
        return tested.isEmpty()
                ? null
                : tested.stream()
                        .mapToDouble(one -> Math.pow(chance.applyAsDouble(one) - one.outcome(), 2))
                        .average()
                        .orElseThrow();
    }

    private static @Nullable Double share(List<Tested> tested, ToDoubleFunction<Tested> chance) {
        return tested.isEmpty()
                ? null
                : (double)
                                tested.stream()
                                        .filter(one -> one.isHit(chance.applyAsDouble(one)))
                                        .count()
                        / tested.size();
    }
}
