"""What a browser's page fetches, as the browser counts it, and how calmly the page is put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page

# Lighthouse's "slow 4G", once called fast 3G: 1.6 Mbit/s down, 0.75 up, 150 ms.
THIRD_GENERATION = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 750_000 / 8,
}
_OBSERVED = """
window.bench = { shift: 0, largest: 0, pictures: {} };
new PerformanceObserver((list) => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) bench.shift += e.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { for (const e of list.getEntries()) bench.largest = e.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
document.addEventListener("load", (event) => {
  const shown = event.target;
  if (!(shown instanceof HTMLImageElement)) return;
  if (shown.matches("#jobcard button.slot img")) bench.pictures.tile ??= Date.now();
  if (shown.matches("#jobcard .hero img")) bench.pictures.hero ??= Date.now();
}, true);
"""


@dataclass
class Wire:
    """Counts what a page fetches over the network. `slow`: over an emulated 3G line."""

    page: Page
    sizes: dict[str, float] = field(default_factory=dict)
    _cdp: CDPSession = field(init=False)

    def __post_init__(self) -> None:
        self._cdp = self.page.context.new_cdp_session(self.page)
        self._cdp.send("Network.enable")
        for event, heard in (
            ("requestWillBeSent", self._sent),
            ("dataReceived", self._data),
            ("loadingFinished", self._finished),
            ("requestServedFromCache", self._cached),
        ):
            self._cdp.on(f"Network.{event}", heard)
        self.page.add_init_script(_OBSERVED)

    def slow_down(self) -> None:
        self._cdp.send("Network.emulateNetworkConditions", THIRD_GENERATION)

    @property
    def requests(self) -> int:
        return len(self.sizes)

    @property
    def kilobytes(self) -> float:
        return sum(self.sizes.values()) / 1000

    def seen(self, what: str) -> float:
        """`shift`, or the time of the `largest` paint in milliseconds."""
        return float(self.page.evaluate(f"bench.{what}"))

    def shown_at(self, what: str) -> float:
        """When the first `tile`, or the `hero`, was there: Unix seconds."""
        self.page.wait_for_function(f"bench.pictures.{what}", timeout=60_000)
        return float(self.page.evaluate(f"bench.pictures.{what}")) / 1000

    def _sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.sizes[event["requestId"]] = 0

    def _data(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.sizes:
            self.sizes[event["requestId"]] += event["encodedDataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.sizes:
            self.sizes[event["requestId"]] = event["encodedDataLength"]

    def _cached(self, event: dict[str, Any]) -> None:
        self.sizes.pop(event["requestId"], None)
