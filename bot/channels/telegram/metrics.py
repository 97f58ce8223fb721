"""Figures for those who watch the bot, in Prometheus' form; none of them tells of a person."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.messages import About, Pulse

disable_created_metrics()  # type: ignore[no-untyped-call]
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Counts what happens; `text` is what is scraped."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        count = self._counter
        self.received = count("updates_received", "New updates", "kind")
        self.repeated = count("updates_repeated", "Updates that were already known")
        self.settled = count("updates_settled", "Updates done with", "outcome")
        self.refused = count("webhook_refused", "Deliveries that were refused", "why")
        self.requests = count("requests", "Calls of the Bot API", "method", "outcome")
        self._answers = count("answers", "Answers", "status", "reason")
        self._intents = count("intents", "Answers, by what was asked for", "intent")
        self._reloads = count("reloads", "Reloads of the base", "outcome")
        self.ratings = count("ratings", "Ratings of answers", "rating")
        self.latency = Histogram(
            "fazhibot_answer_seconds",
            "From the arrival of an update to its answer",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._depth = self._gauge("inbox_depth", "Updates that wait or are in work")
        self._base = self._gauge("base_info", "The base that answers: its figures", "version")
        self._reports = self._gauge("base_reports", "Reports in the base")

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"fazhibot_{name}", told, labels, registry=self._registry)

    def _gauge(self, name: str, told: str, *labels: str) -> Gauge:
        return Gauge(f"fazhibot_{name}", told, labels, registry=self._registry)

    def answered(self, about: About | None) -> None:
        """An answer was made."""
        if about is None:
            return
        self._answers.labels(about.status, about.reason).inc()
        if about.intent:
            self._intents.labels(about.intent).inc()
        if about.intent == "/reload" and about.status != "refused":
            self._reloads.labels(about.status).inc()

    def watch(self, depth: Callable[[], int]) -> None:
        """Where to read the depth of the inbox."""
        self._depth.set_function(depth)

    def text(self, pulse: Pulse) -> bytes:
        """Everything, as it is scraped."""
        self._base.clear()
        self._base.labels(pulse.version).set(pulse.facts)
        self._reports.set(pulse.reports)
        return generate_latest(self._registry)
