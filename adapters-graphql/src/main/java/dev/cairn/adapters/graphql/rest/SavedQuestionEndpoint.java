package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.http.HttpRoutes;
import dev.cairn.adapters.graphql.http.TaggedAnswer;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.ProblemDetails;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a saved question to whoever reads its address, as plain JSON. It is asked by one document, as it would be over GraphQL, so that limits, scope and
 * whatever else holds there hold here. A tag says which answer it is: who has it already is told so, without the rows.
 */
final class SavedQuestionEndpoint {
    static final String PATH = "/api/questions/{question}";

    static final String DOCUMENT =
            """
            query ask($question: String!, $first: Int, $after: String) {
              ask(question: $question, first: $first, after: $after) {
            %s  }
            }
            """
                    .formatted(AnalyzeEndpoint.MEMBERS);

    private static final String FIRST = "first";
    private static final String AFTER = "after";
    private static final List<String> PARAMETERS = List.of(FIRST, AFTER);

    private final PlainQuestions questions;
    private final JsonMapper mapper;

    SavedQuestionEndpoint(PlainQuestions questions, JsonMapper mapper) {
        this.questions = questions;
        this.mapper = mapper;
    }

    ServerResponse answer(ServerRequest request) {
        try {
            var variables = variables(request);
            var answer = questions.askWith(request, DOCUMENT, variables);
            return TaggedAnswer.of(
                    request,
                    MediaType.APPLICATION_JSON,
                    mapper.writeValueAsBytes(answer),
                    said(answer));
        } catch (Refusal refusal) {
            return found(refusal.problem()).response();
        }
    }

    private static Map<String, Object> variables(ServerRequest request) {
        if ("cross-site".equals(request.headers().firstHeader("Sec-Fetch-Site"))) {
            throw new Refusal(
                    HttpProblem.of(HttpStatus.FORBIDDEN, "Pages of other sites may not ask here."));
        }
        if (!HttpRoutes.accepts(request, MediaType.APPLICATION_JSON)) {
            throw new Refusal(
                    HttpProblem.of(
                            HttpStatus.NOT_ACCEPTABLE,
                            "The answer is application/json: accept that."));
        }
        var variables = new HashMap<String, Object>();
        variables.put("question", request.pathVariable("question"));
        var problems = new ArrayList<Problem>();
        request.params()
                .forEach((name, values) -> {
                    var problem = problem(name, values);
                    if (problem == null) {
                        var value = values.getFirst();
                        variables.put(name, name.equals(FIRST) ? Integer.valueOf(value) : value);
                    } else {
                        problems.add(problem);
                    }
                });
        if (!problems.isEmpty()) {
            throw new Refusal(HttpProblem.ofForm(problems));
        }
        return variables;
    }

    private static @Nullable Problem problem(String name, List<String> values) {
        if (!PARAMETERS.contains(name)) {
            return Problem.of(
                            ProblemCode.UNKNOWN_KEY,
                            Place.of(name),
                            "There is no parameter '%s' here; there are %s.",
                            name,
                            String.join(", ", PARAMETERS))
                    .suggesting(NearestNames.nearest(name, PARAMETERS));
        }
        if (values.size() > 1) {
            return Problem.of(ProblemCode.CONFLICT, Place.of(name), "Give '%s' once.", name);
        }
        if (name.equals(FIRST) && !values.getFirst().matches("[0-9]{1,9}")) {
            return Problem.of(ProblemCode.BAD_VALUE, Place.of(name), "'first' is a whole number.");
        }
        return null;
    }

    /** Of what the answer says; not of when it was asked, which moves with the clock, nor of its cursor, which is sealed anew each time. */
    private byte[] said(Object answer) {
        var said = new TreeMap<String, @Nullable Object>();
        ((Map<?, ?>) answer).forEach((name, value) -> said.put(String.valueOf(name), value));
        said.remove("asOf");
        if (said.get("page") instanceof Map<?, ?> page) {
            said.put("page", page.get("hasNextPage"));
        }
        return mapper.writeValueAsBytes(said);
    }

    /** There is nothing at an address that names no question. */
    private static HttpProblem found(HttpProblem problem) {
        boolean isUnknown =
                problem.more().get("problems") instanceof List<?> problems
                        && problems.stream()
                                .anyMatch(one ->
                                        one instanceof ProblemDetails details
                                                && details.path().equals(List.of("question")));
        return isUnknown
                ? new HttpProblem(
                        HttpStatus.NOT_FOUND, problem.code(), problem.detail(), problem.more())
                : problem;
    }
}
