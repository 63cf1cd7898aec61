'use strict';

const { createElement } = React;

async function start() {
  const { endpoint, questions } = await (await fetch('graphiql/start.json')).json();
  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    createElement(
      GraphiQL,
      {
        fetcher: GraphiQL.createFetcher({ url: endpoint }),
        defaultTabs: questions.map((query) => ({ query })),
        defaultQuery: '',
        defaultEditorToolsVisibility: false,
        isHeadersEditorEnabled: false,
        inputValueDeprecation: true,
      },
      createElement(GraphiQL.Logo, null, 'Cairn'),
    ),
  );
}

start();
