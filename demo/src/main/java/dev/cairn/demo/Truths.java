package dev.cairn.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is true of a made-up company, so that what is found in its facts can be checked. Counted from what happened to its customers, test accounts left out.
 *
 * @param options which company it is
 * @param story what happened to it besides everyday business
 * @param months month by month, what customers paid and who left
 * @param renewals terms that came to their end, by thirds of the customers: from those who are the least engaged by nature to the most
 */
public record Truths(
        Options options, List<Happening> story, List<Month> months, List<Renewals> renewals) {
    /**
     * Something that happened.
     *
     * @param name what
     * @param on the day
     * @param truth what came of it
     */
    public record Happening(String name, LocalDate on, String truth) {}

    /**
     * A month.
     *
     * @param start its first day
     * @param customersAtStart accounts that paid just before it began
     * @param lost those of them that paid nothing just before it ended
     * @param customersAtEnd accounts that paid just before it ended
     * @param mrrAtEnd what was paid a month then, by currency, to the cent
     */
    public record Month(
            LocalDate start,
            int customersAtStart,
            int lost,
            int customersAtEnd,
            SortedMap<String, BigDecimal> mrrAtEnd) {
        public Month {
            mrrAtEnd = Collections.unmodifiableSortedMap(new TreeMap<>(mrrAtEnd));
        }
    }

    /**
     * Terms of some customers that came to their end and were decided.
     *
     * @param due how many
     * @param renewed how many of them were renewed
     */
    public record Renewals(int due, int renewed) {
        /** The share that was renewed. */
        public double rate() {
            return (double) renewed / due;
        }
    }

    public Truths {
        story = List.copyOf(story);
        months = List.copyOf(months);
        renewals = List.copyOf(renewals);
    }

    static Truths of(Options options, Story story, List<Life> lives) {
        var customers = lives.stream().filter(life -> !life.customer().isTest()).toList();
        var months = new ArrayList<Month>();
        for (LocalDate start = options.begin();
                start.isBefore(options.until());
                start = start.plusMonths(1)) {
            months.add(month(customers, start, start.plusMonths(1)));
        }
        return new Truths(options, happenings(options, story, lives), months, renewals(customers));
    }

    private static Month month(List<Life> lives, LocalDate start, LocalDate end) {
        int before = 0;
        int lost = 0;
        int after = 0;
        var mrr = new TreeMap<String, BigDecimal>();
        for (var life : lives) {
            boolean paid = paysBefore(life, start);
            boolean pays = paysBefore(life, end);
            before += paid ? 1 : 0;
            after += pays ? 1 : 0;
            lost += paid && !pays ? 1 : 0;
            for (var version : life.versions()) {
                if (!version.isTrial() && version.holdsBefore(end)) {
                    mrr.merge(life.customer().currency(), life.monthly(version), BigDecimal::add);
                }
            }
        }
        mrr.replaceAll((_, amount) -> amount.setScale(2, RoundingMode.HALF_UP));
        return new Month(start, before, lost, after, mrr);
    }

    private static boolean paysBefore(Life life, LocalDate day) {
        return life.versions().stream()
                .anyMatch(version -> !version.isTrial() && version.holdsBefore(day));
    }

    private static List<Renewals> renewals(List<Life> lives) {
        var byEngagement =
                lives.stream()
                        .sorted(Comparator.comparing(life -> life.customer().engagement()))
                        .toList();
        var thirds = new ArrayList<Renewals>();
        for (int third = 0; third < 3; third++) {
            int due = 0;
            int renewed = 0;
            int size = byEngagement.size();
            for (var life : byEngagement.subList(size * third / 3, size * (third + 1) / 3)) {
                for (var term : life.terms()) {
                    due += term.decision() == null ? 0 : 1;
                    renewed += "renewed".equals(term.decision()) ? 1 : 0;
                }
            }
            thirds.add(new Renewals(due, renewed));
        }
        return thirds;
    }

    private static List<Happening> happenings(Options options, Story story, List<Life> lives) {
        return List.of(
                new Happening(
                        "Guided setup",
                        story.helped(),
                        "a release for Europe alone: its customers share reports %s times as often since"
                                .formatted(Story.HELPED_BY)),
                new Happening(
                        "New dashboard", story.idle(), "a release for all: nothing came of it"),
                new Happening(
                        "Reply within the hour",
                        story.hurry(),
                        "a target of the support team: first replies come in %s of the time since, tickets are reopened three times as often, and answers are worse"
                                .formatted(Story.HURRY)),
                new Happening(
                        "Feed of the Americas broken",
                        story.broken(),
                        "for %d days %s of the usage of customers there was lost: %d rows"
                                .formatted(
                                        Story.BROKEN_DAYS,
                                        Story.LOST_SHARE,
                                        new Usage(options, story, lives).lost())),
                new Happening(
                        "Logins",
                        options.begin(),
                        "the popular metric is vanity: they go by seats and single sign-on, and say nothing of renewal"));
    }
}
