package dev.cairn.adapters.graphql.live;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.application.port.in.SubscribeUseCase.Cause;

/** One of the answers to a question that stays answered. */
public record AnalysisUpdateOutput(int sequence, Cause cause, AnalysisOutput analysis) {}
