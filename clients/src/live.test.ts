// Questions over a socket and over a stream of events, by the clients that the protocols' author keeps: graphql-ws and graphql-sse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, fetchExchange } from "@urql/core";
import { print } from "graphql";
import { createClient as createStreams } from "graphql-sse";
import { createClient as createSockets } from "graphql-ws";
import { WebSocket } from "ws";
import { url } from "./cairn.js";
import type { AnalysisInput, LiveSubscription, MetricsQuery } from "./generated/graphql.js";
import { defineMetric, live, metrics, reviseMetric } from "./questions.js";

const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false });

const open = {
  "graphql-ws": () => createSockets({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, retryAttempts: 0 }),
  "graphql-sse": () => createStreams({ url, retryAttempts: 0 }),
};

const inputOf = (metric: string): AnalysisInput => ({
  metrics: [{ metric: { key: metric }, as: "value" }],
  timeRange: { between: { from: "2026-01-01", to: "2026-07-01" } },
});

for (const [name, connect] of Object.entries(open)) {
  test(`${name}: a question is answered once`, async () => {
    const connection = connect();
    const answers = [];
    for await (const answer of connection.iterate<MetricsQuery>({ query: print(metrics), variables: { first: 1 } })) {
      answers.push(answer);
    }
    connection.dispose();
    assert.equal(answers.length, 1);
    assert.equal(answers[0]?.errors, undefined);
    assert.equal(answers[0]?.data?.metrics.edges.length, 1);
  });

  test(`${name}: a question stays answered, and a new definition brings a new answer`, async () => {
    const metric = `live_${name.replace("-", "_")}`;
    const defined = await client.mutation(defineMetric, {
      input: { key: metric, label: "Live", direction: "NEUTRAL", of: "CELL", formula: "count(sample_event)" },
    });
    assert.deepEqual(defined.data?.defineMetric.problems, []);

    const connection = connect();
    const answers = connection.iterate<LiveSubscription>({ query: print(live), variables: { input: inputOf(metric) } });
    const first = (await answers.next()).value?.data?.analysisUpdated;
    assert.deepEqual([first?.sequence, first?.cause], [1, "INITIAL"]);
    const count = Number(first?.analysis.records[0]?.value);
    assert.ok(count > 0);

    const version = defined.data!.defineMetric.metric!.version;
    const revised = await client.mutation(reviseMetric, {
      input: { key: metric, expectedVersion: version, formula: "2 * count(sample_event)" },
    });
    assert.deepEqual(revised.data?.reviseMetric.problems, []);
    const second = (await answers.next()).value?.data?.analysisUpdated;
    assert.deepEqual([second?.sequence, second?.cause], [2, "DEFINITIONS"]);
    assert.equal(second?.analysis.records[0]?.value, 2 * count);

    await answers.return?.(undefined);
    connection.dispose();
  });

  test(`${name}: a subscription to what there is not ends with the reason`, async () => {
    const connection = connect();
    const seen = await problem(() => connection.iterate({ query: print(live), variables: { input: inputOf("sample_npz") } }));
    connection.dispose();
    assert.match(seen, /BAD_QUERY/);
    assert.match(seen, /sample_nps/);
  });

  test(`${name}: an invalid document is an error, not an answer`, async () => {
    const connection = connect();
    const seen = await problem(() => connection.iterate({ query: "subscription { nothing }" }));
    connection.dispose();
    assert.match(seen, /GRAPHQL_VALIDATION_FAILED/);
  });
}

/** What came as an error: thrown by a socket, told in an answer by a stream. */
async function problem(ask: () => AsyncIterableIterator<unknown>): Promise<string> {
  try {
    const { value } = await ask().next();
    assert.ok(value && typeof value === "object" && "errors" in value);
    return JSON.stringify(value.errors);
  } catch (errors) {
    return JSON.stringify(errors);
  }
}
