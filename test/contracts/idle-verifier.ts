/** In the place of Pact's verifier: says that all is well without having sent anything. */
process.on('message', () => {
  const results = { result: true, errors: [], pendingErrors: [], interactionResults: [{}] };
  process.send?.({ results: JSON.stringify(results) });
});
process.on('disconnect', () => process.exit());
