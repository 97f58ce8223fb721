# The bot with its base inside: nothing is fetched when it starts.
#
#   docker build -t fazhibot .
#   docker run -i fazhibot                                                    a chat here
#   docker run -e TELEGRAM_BOT_TOKEN fazhibot                                 in Telegram
#   docker run -e TELEGRAM_BOT_TOKEN --read-only --tmpfs /tmp -v fazhibot:/app/var fazhibot
#
# Where the base comes from, by what is mounted on /app/var:
#   nothing, or a new named volume   the engine fills it with the image's base, and it is writable
#   an empty writable folder         `start` builds the base from the image's seeds, in seconds
#   a volume of an older image       `start` sees that seeds or settings changed and builds anew
#   nothing, and all is read-only    (Kubernetes makes no volume here) the image's base is opened as it is
# A folder of one's own needs write access for uid 10001.

FROM python:3.12-slim AS builder
ENV PATH=/opt/venv/bin:$PATH FAZHIBOT_DATA_DIR=/app/var \
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /opt/venv && pip install --quiet --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md ./
COPY intents/ intents/
COPY bot/ bot/
COPY config/ config/
COPY seeds/ seeds/
# Editable: config/ and seeds/ are found beside the code. Compiled here: later nobody may write there.
RUN pip install --quiet --no-build-isolation --no-deps --editable . \
    && python -m compileall -q bot intents
RUN fazhibot build

FROM python:3.12-slim
ENV PATH=/opt/venv/bin:$PATH FAZHIBOT_DATA_DIR=/app/var \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MPLCONFIGDIR=/tmp
# Charts are drawn with this font; without it answers are text only.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-wqy-zenhei \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 fazhibot \
    && useradd --uid 10001 --gid 10001 --home-dir /app --no-create-home --shell /usr/sbin/nologin fazhibot
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app
RUN chown -R 10001:10001 /app/var
WORKDIR /app
USER 10001:10001
VOLUME /app/var
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=10s --start-period=30s --retries=3 CMD ["fazhibot", "check"]
CMD ["fazhibot", "start"]
