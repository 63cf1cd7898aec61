package dev.cairn.bootstrap.doctor;

import dev.cairn.bootstrap.doctor.Finding.Check;
import dev.cairn.bootstrap.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was set, and what is wrong with it. */
record SettingChecks(Settings settings) {

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(Finding.ok(Check.SETTINGS, given()));
        settings.problems()
                .forEach(problem ->
                        findings.add(
                                Finding.wrong(
                                        Check.SETTINGS, problem, "Correct it or leave it out.")));
        settings.unread()
                .forEach(unread ->
                        findings.add(
                                Finding.warning(
                                        Check.SETTINGS,
                                        unread,
                                        "Correct it, unless another setting refers to it.")));
        return findings;
    }

    private String given() {
        var given = settings.given();
        return given.isEmpty()
                ? "as they come"
                : given.stream()
                        .map(one -> "%s=%s (%s)".formatted(one.name(), one.value(), one.place()))
                        .collect(Collectors.joining("\n"));
    }
}
