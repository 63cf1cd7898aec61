package dev.cairn.domain.planner;

import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;

/** An edge of a stretch: as an instant, and for what is compared by dates. */
record Edge(Instant at, LocalDate on) {
    static Edge startOf(Bucket bucket) {
        return new Edge(bucket.start(), bucket.startDate());
    }

    static Edge endOf(Bucket bucket) {
        return new Edge(bucket.end(), bucket.endDate());
    }

    static Edge endOf(Stretch stretch) {
        return new Edge(stretch.end(), stretch.endDate());
    }

    Edge orEarlier(Edge other) {
        return new Edge(
                other.at().isBefore(at) ? other.at() : at,
                other.on().isBefore(on) ? other.on() : on);
    }
}
