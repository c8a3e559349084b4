# Billify without PyTorch: OpenVINO (ONNX Runtime on processors that it has no packages for) runs the networks.
# docker build -t billify .    docs/from-laptop-to-server.md says how to go on.
FROM python:3.13-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /build
RUN python -m venv /opt/billify
# First what changes seldom, so that a new version of Billify is a small layer.
COPY config/locks/product.txt ./
RUN /opt/billify/bin/pip install --require-hashes --no-deps --requirement product.txt
COPY pyproject.toml README.md LICENSE ./
COPY config ./config
COPY storage ./storage
COPY extraction ./extraction
COPY handlers ./handlers
COPY bot ./bot
RUN /opt/billify/bin/pip install --no-deps . \
    && /opt/billify/bin/pip check \
    && /opt/billify/bin/pip uninstall --yes pip

FROM python:3.13-slim-bookworm

# Fonts: mails and web pages that are invoices are drawn as they would be printed.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-dejavu-core=2.37-* \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/billify --create-home --shell /usr/sbin/nologin billify
COPY --from=build /opt/billify /opt/billify

ENV PATH=/opt/billify/bin:$PATH \
    BILLIFY_HOME=/var/lib/billify \
    BILLIFY_LOG_FORMAT=json \
    BILLIFY_METRICS_PORT=9117
USER 10001
WORKDIR /var/lib/billify
VOLUME /var/lib/billify
EXPOSE 8417 2525 9117
# Each process answers there, whatever it does; `release` and others that end are not asked.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['BILLIFY_METRICS_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["billify"]
CMD ["run"]
