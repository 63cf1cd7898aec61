// Documents by their hash: sent once and found again, by urql and by Apollo, and registered ones where nothing else runs.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { Client, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";
import { createClient, type SubscribePayload } from "graphql-ws";
import { WebSocket } from "ws";
import { authorization, registeredUrl, url } from "./cairn.js";
import type { MetricsQuery } from "./generated/graphql.js";
import { metrics } from "./questions.js";

/** What was sent, request by request: the text of the document, or only its hash. */
function watched(): { sent: ("text" | "hash")[]; fetch: typeof fetch } {
  const sent: ("text" | "hash")[] = [];
  return {
    sent,
    fetch: (input, init) => {
      assert.equal(init?.method, "POST");
      sent.push("query" in JSON.parse(String(init.body)) ? "text" : "hash");
      return fetch(input, init);
    },
  };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("urql sends a document once and its hash from then on", async () => {
  const { sent, fetch } = watched();
  const exchange = () =>
    new Client({
      url,
      fetch,
      preferGetMethod: false,
      exchanges: [persistedExchange({ preferGetForPersistedQueries: false }), fetchExchange],
    });
  for (const first of [1, 2]) {
    const { data, error } = await exchange().query(metrics, { first });
    assert.equal(error, undefined);
    assert.equal(data?.metrics.edges.length, first);
  }
  assert.deepEqual(sent, ["hash", "text", "hash"]);
});

test("Apollo sends a document once and its hash from then on", async () => {
  const { sent, fetch } = watched();
  const client = () =>
    new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.from([
        new PersistedQueryLink({ sha256, useGETForHashedQueries: false }),
        new HttpLink({ uri: url, fetch }),
      ]),
    });
  for (const first of [1, 2]) {
    const { data } = await client().query({ query: metrics, variables: { first } });
    assert.equal(data?.metrics.edges.length, first);
  }
  assert.deepEqual(sent, ["hash", "text", "hash"]);
});

/** As graphql-codegen writes it into persisted-documents.json, which is what was registered: sha256: and the digits. */
const idOf = (document: unknown) => (document as { __meta__: { hash: string } }).__meta__.hash;

test("a registered document runs by its hash alone", async () => {
  const client = new Client({
    url: registeredUrl,
    fetchOptions: { headers: { authorization } },
    preferGetMethod: false,
    exchanges: [
      persistedExchange({
        preferGetForPersistedQueries: false,
        enforcePersistedQueries: true,
        generateHash: async (_, document) => idOf(document).replace("sha256:", ""),
      }),
      fetchExchange,
    ],
  });
  const { data, error } = await client.query(metrics, { first: 1 });
  assert.equal(error, undefined);
  assert.ok(data?.metrics);
});

test("a registered document runs by the documentId of GraphQL over HTTP", async () => {
  const response = await fetch(registeredUrl, {
    method: "POST",
    headers: { "content-type": "application/json", authorization },
    body: JSON.stringify({ documentId: idOf(metrics), variables: { first: 1 } }),
  });
  const { data } = (await response.json()) as { data: MetricsQuery };
  assert.equal(data.metrics.totalCount, 0);
});

test("what is not registered is refused, also when it is sent", async () => {
  const client = new Client({
    url: registeredUrl,
    fetchOptions: { headers: { authorization } },
    preferGetMethod: false,
    exchanges: [fetchExchange],
  });
  const { error } = await client.query("{ __typename }", {});
  assert.equal(error?.graphQLErrors[0]?.extensions.code, "DOCUMENT_NOT_REGISTERED");
});

/** One request over a socket. */
async function overSocket(request: SubscribePayload, connectionParams: Record<string, string>): Promise<unknown> {
  const sockets = createClient({
    url: registeredUrl.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
  try {
    return (await sockets.iterate(request).next()).value;
  } finally {
    sockets.dispose();
  }
}

test("over a socket too, registered documents run for who has a key", async () => {
  const texts = JSON.parse(readFileSync("src/generated/persisted-documents.json", "utf8")) as Record<string, string>;
  const asked = { query: texts[idOf(metrics)]!, variables: { first: 1 } };
  const answer = (await overSocket(asked, { authorization })) as { data: MetricsQuery };
  assert.equal(answer.data.metrics.totalCount, 0);
  await assert.rejects(overSocket(asked, {}), { code: 4403 });
});

test("over a socket too, others are refused", async () => {
  await assert.rejects(overSocket({ query: "{ __typename }" }, { authorization }), (errors) =>
    JSON.stringify(errors).includes("DOCUMENT_NOT_REGISTERED"),
  );
});

test("without a key nobody is answered", async () => {
  const client = new Client({ url: registeredUrl, preferGetMethod: false, exchanges: [fetchExchange] });
  const { error } = await client.query(metrics, { first: 1 });
  assert.equal(error?.graphQLErrors[0]?.extensions.code, "UNAUTHENTICATED");
  assert.equal(error.response?.status, 401);
});
