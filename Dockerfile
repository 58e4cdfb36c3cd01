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
# pg_dump and pg_restore, by which copies of PostgreSQL's are taken, in the version of compose.yaml's servers.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-common \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
# The folders of a SQLite database, of its key store and of copies; databases of PostgreSQL's need the last ones only.
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin stegvis \
    && install --directory --owner stegvis --mode 0700 /data /keys /backups /backups-of-keys
# Otherwise the C library keeps a heap for each of many threads, and gives little of it back (docs/performance.md).
ENV MALLOC_ARENA_MAX=2
ENV STEGVIS_BACKUP__DIRECTORY=/backups STEGVIS_BACKUP__KEYS_DIRECTORY=/backups-of-keys
COPY --from=binary /stegvis/target/release/stegvis /usr/local/bin/stegvis
USER stegvis
VOLUME /data
VOLUME /keys
VOLUME /backups
VOLUME /backups-of-keys
EXPOSE 8080
ENTRYPOINT ["stegvis"]
CMD ["serve"]
