package dev.cairn.domain.model;

/** Something that is defined under a name; all names are of one space. */
public sealed interface Definition
        permits Source,
                Entity,
                Slice,
                Metric,
                Cohort,
                Calendar,
                ConformedDimension,
                Target,
                Baseline,
                Success,
                Scope,
                Question,
                Alert {
    /** Snake case; unique over all kinds. */
    String name();

    /** For people. */
    String label();

    /** What it means and how to read it; empty where nothing was said. */
    String description();

    /** What decides numbers, as text: two definitions of equal meaning are one version. Labels and descriptions are not in it. */
    String meaning();

    /** The word for this kind in files and messages. */
    default String kind() {
        return switch (this) {
            case Source source -> source.isEntity() ? "entity" : "source";
            case Entity _ -> "entity";
            case Slice _ -> "slice";
            case Metric _ -> "metric";
            case Cohort _ -> "cohort";
            case Calendar _ -> "calendar";
            case ConformedDimension _ -> "dimension";
            case Target _ -> "target";
            case Baseline _ -> "baseline";
            case Success _ -> "success";
            case Scope _ -> "scope";
            case Question _ -> "question";
            case Alert _ -> "alert";
        };
    }
}
