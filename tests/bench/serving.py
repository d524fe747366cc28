"""How the explorer bears up: `python -m tests.bench.serving GRAPH --seconds 120 --clients 50`.

Clients ask one after the other, without a pause, for pages and for contract queries with a filter, each drawn from
some hundred addresses: a few are asked often, most seldom, as people do. Latencies are told by kind, those of first
asks (not kept yet) apart; memory is that of all processes of the server. Each number of clients meets a server that has
just begun. What of the machine the server had is told, too: other work makes waiting longer, not answers dearer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urlsplit

from tests.serve.conftest import serving

CONTRACT = (
    ("who-proposed-what", "proposer"),
    ("who-proposed-what", "addressee"),
    ("who-said-what", "speaker"),
    ("what-happened", "actor"),
    ("who-is-involved", "name"),
    ("what-outcome-followed", "source"),
)


def asked(address: str, path: str) -> bytes:
    with urllib.request.urlopen(address.rstrip("/") + path, timeout=120) as answer:
        return bytes(answer.read())


def addresses(server: str) -> dict[str, list[str]]:
    """Give addresses by kind, the actors of all ranks among them."""

    def pages(path: str, key: str, number: int) -> list[dict[str, str]]:
        sign = "&" if "?" in path else "?"
        return [one for n in range(1, number + 1) for one in json.loads(asked(server, f"{path}{sign}page={n}"))[key]]

    def local(row: dict[str, str]) -> str:
        return row["iri"].rpartition("/")[2]

    actors = pages("/actors.json", "actors", 8)[5:]
    events = pages("/events.json", "events", 5)
    proposals = pages("/proposals.json", "proposals", 6)
    documents = pages("/documents.json", "documents", 5)
    names = [one["label"] for one in actors]
    sources = [one["id"] for one in documents]
    found = {
        "query with a filter": [
            f"/question/{name}.json?{param}={quote(value)}"
            for name, param in CONTRACT
            for value in (sources if param == "source" else names)[:60]
        ],
        "page": [f"/actor/{local(one)}" for one in actors[:150]]
        + [f"/event/{local(one)}" for one in events[:150]]
        + [f"/proposal/{local(one)}" for one in proposals[:150]]
        + [f"/document/{one}" for one in sources[:150]]
        + [f"/network?start={quote(one)}" for one in names[:60]]
        + [f"/search?q={quote(one.split()[0])}" for one in names[:100]]
        + ["/", "/actors", "/events", "/proposals", "/documents", "/map", "/about", "/questions"],
    }
    for paths in found.values():
        random.Random(3).shuffle(paths)
    return found


async def client(
    address: str, paths: dict[str, list[str]], until: float, number: int, told: list[tuple[str, bool, float, int]]
) -> None:
    """Ask until it is time to stop; (kind, kept, seconds, status) of each answer is noted."""
    chance = random.Random(number)
    host = urlsplit(address)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    while time.monotonic() < until:
        kind = "page" if chance.random() < 0.7 else "query with a filter"
        path = paths[kind][min(int(chance.paretovariate(0.6)) - 1, 10**6) % len(paths[kind])]
        begun = time.monotonic()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host.netloc}\r\nAccept: text/html\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next(int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:"))
        await reader.readexactly(length)
        told.append((kind, "x-cache: hit" in head, time.monotonic() - begun, int(head.split(" ", 2)[1])))
    writer.close()


def memory(process: int) -> str:
    """Give the MB that a process and its children hold themselves, and those of files that the system keeps for them.

    The latter are the catalogue and libraries as they are mapped: the system takes them back when it needs room.
    """
    total = {"Pss_Anon:": 0, "Pss_File:": 0}
    for one in [process, *children(process)]:
        for line in Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines():
            name, *rest = line.split()
            if name in total:
                total[name] += int(rest[0])
    own, files = (kilobytes // 1024 for kilobytes in total.values())
    return f"{own}+{files}"


def children(process: int) -> Iterable[int]:
    for task in Path(f"/proc/{process}/task").iterdir():
        yield from map(int, (task / "children").read_text(encoding="ascii").split())


def processor(process: int) -> float:
    """Give the seconds of the processor that a process and its children have taken, ended ones included."""
    total = 0
    for one in [process, *children(process)]:
        fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += sum(map(int, fields[11:15] if one == process else fields[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000 if values else 0.0


async def load(address: str, process: int, clients: int, seconds: float) -> None:
    paths = await asyncio.to_thread(addresses, address)
    told: list[tuple[str, bool, float, int]] = []
    until = time.monotonic() + seconds
    held: list[str] = []
    begun, taken = time.monotonic(), processor(process)

    async def watch() -> None:
        while time.monotonic() < until:
            held.append(memory(process))
            await asyncio.sleep(seconds / 8)

    await asyncio.gather(watch(), *(client(address, paths, until, number, told) for number in range(clients)))
    share = (processor(process) - taken) / (time.monotonic() - begun)
    errors = [status for *_, status in told if status != 200]
    print(f"\n{clients} clients: {len(told):,} answers in {seconds:g} s, {len(told) / seconds:,.0f} a second")
    print(f"processors the server had: {share:.2f} of {os.cpu_count()}; load average {os.getloadavg()[0]:.1f}")
    print(f"errors: {len(errors)} {errors[:5]}")
    groups: dict[str, list[float]] = defaultdict(list)
    for kind, kept, took, _ in told:
        groups[kind].append(took)
        groups[f"{kind}, first asked"].append(took) if not kept else None
    for name, times in sorted(groups.items()):
        figures = ", ".join(f"p{int(share * 100)} {percentile(times, share):,.0f} ms" for share in (0.5, 0.95, 0.99))
        print(f"{name:<34}{len(times):>8,}   {figures}")
    print("memory (MB of its own + of files, every eighth):", *held)


def largest(address: str) -> None:
    """Time the page of the actor with most events, by views and pages."""
    actor = json.loads(asked(address, "/actors.json"))["actors"][0]
    path = f"/actor/{actor['iri'].rpartition('/')[2]}"
    for query in ("", "?show=deeds", "?show=deeds&page=100", "?show=proposals&since=2022-01-01"):
        begun = time.monotonic()
        asked(address, path + query)
        print(f"actor with {actor['events']:,} events {query:<36}{time.monotonic() - begun:6.2f} s")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("graph", type=Path)
    given.add_argument("--seconds", type=float, default=120)
    given.add_argument("--clients", type=int, nargs="+", default=[1, 10, 50])
    given.add_argument("--workers", default="2")
    options = given.parse_args()
    for number, clients in enumerate(options.clients):
        begun = time.monotonic()
        with serving(options.graph, "--workers", options.workers, patience=3_600) as server:
            if not number:
                print(f"ready after {time.monotonic() - begun:.0f} s")
                largest(server.address)
            asyncio.run(load(server.address, server.process.pid, clients, options.seconds))


if __name__ == "__main__":
    main()
