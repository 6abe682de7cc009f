# license-mock for a rig that runs for weeks. Any base with Node 24 and npm will do.
ARG BASE=node:24-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Compiling needs no install script; the dev dependency `node` would bring a second Node by one.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${BASE}
LABEL org.opencontainers.image.title="license-mock" \
      org.opencontainers.image.description="A mock server for three vendors' license APIs that behaves as the vendors do" \
      org.opencontainers.image.licenses="MIT"
# A user by number: it need not be in the base's list, and a cluster can see that it is not root.
RUN mkdir -p /data /mine/scenarios && chown 10001:10001 /data
WORKDIR /app
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json LICENSE ./
COPY docs/errors.md docs/errors.md
COPY specs specs
COPY scenarios scenarios
ENV NODE_ENV=production \
    LICENSE_MOCK_HOST=0.0.0.0 \
    LICENSE_MOCK_PORT=4010 \
    LICENSE_MOCK_DATA=/data
USER 10001:10001
# Scenarios of your own are found in /mine/scenarios.
WORKDIR /mine
# The server writes only to /data/license-mock.
VOLUME /data
EXPOSE 4010
# In Kubernetes the variable can be the address of a Service: like the server, this takes the default port then.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "const port = /^[0-9]+$/.exec(process.env.LICENSE_MOCK_PORT) ?? 4010; fetch(`http://127.0.0.1:${port}/_mock/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# docs/decisions/0008-less-memory-for-some-speed.md
ENTRYPOINT ["node", "--max-semi-space-size=16", "/app/dist/cli/main.js"]
CMD ["serve"]
