# Three stages: the assets, the binary that holds them, and a small Debian that runs it.

FROM node:22-bookworm-slim AS assets
WORKDIR /assets
COPY assets/package.json assets/package-lock.json assets/.npmrc ./
RUN npm ci
COPY assets/ ./
RUN npm run build

FROM rust:1.95-bookworm AS binary
WORKDIR /stegvis
COPY . .
COPY --from=assets /assets/dist assets/dist
RUN cargo build --locked --release --package stegvis

FROM debian:bookworm-slim
# The folders of a SQLite database and of its key store; databases of PostgreSQL's need nothing here.
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin stegvis \
    && install --directory --owner stegvis --mode 0700 /data /keys
COPY --from=binary /stegvis/target/release/stegvis /usr/local/bin/stegvis
USER stegvis
VOLUME /data
VOLUME /keys
EXPOSE 8080
ENTRYPOINT ["stegvis"]
CMD ["serve"]
