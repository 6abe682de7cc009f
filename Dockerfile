# license-mock for a rig that runs for weeks. Any base with Node 24 and npm will do.
ARG BASE=node:24-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Compiling needs no install script; the dev dependency `node` would bring a second Node by one.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json tsconfig.connect.json ./
COPY src src
COPY specs specs
COPY scenarios scenarios
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${BASE}
LABEL org.opencontainers.image.title="license-mock" \
      org.opencontainers.image.description="A mock server for three vendors' license APIs that behaves as the vendors do" \
      org.opencontainers.image.licenses="MIT"
# A user by number: it need not be in the base's list, and a cluster can see that it is not root. OpenShift runs the image
# as any user, whose group is always 0.
RUN mkdir -p /data /app/scenarios /app/specs /app/contracts && chown 10001:0 /data && chmod 775 /data
WORKDIR /opt/license-mock
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json LICENSE docker/healthcheck.js ./
COPY docs/errors.md docs/errors.md
COPY specs specs
COPY scenarios scenarios
RUN ln -s /opt/license-mock/dist/cli/main.js /usr/local/bin/license-mock
# The shared memory of a container can be written by every user, also where the root file system is read-only.
ENV NODE_ENV=production \
    LICENSE_MOCK_HOST=0.0.0.0 \
    LICENSE_MOCK_DATA=/data \
    LICENSE_MOCK_SPECS=/app/specs \
    LICENSE_MOCK_GENERATE_TOKEN=on \
    LICENSE_MOCK_ADDRESS_FILE=/dev/shm/license-mock.url
USER 10001:0
# Mount what is yours below: scenarios, specs, contracts, license-mock.config.yaml.
WORKDIR /app
# The server writes only to /data/license-mock.
VOLUME /data
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "/opt/license-mock/healthcheck.js"]
# docs/decisions/0008-less-memory-for-some-speed.md
ENTRYPOINT ["node", "--max-semi-space-size=16", "/opt/license-mock/dist/cli/main.js"]
CMD ["serve"]
