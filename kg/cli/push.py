"""`kg push`: a graph directory sent to a SPARQL store."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from kg.cli.options import directory_option, json_option
from kg.cli.sending import progress, summary


@click.command(short_help="Send a graph to a SPARQL store elsewhere.")
@click.argument("address", metavar="URL")
@directory_option
@click.option("--prune", is_flag=True, help="Take documents out of the store that never came from this graph.")
@click.option(
    "--verify", is_flag=True, help="Fetch each graph and compare it triple by triple before it is passed over."
)
@click.option("--store-url", metavar="URL", help="Its Graph Store endpoint, where it cannot be guessed. [KG_STORE_URL]")
@click.option("--update-url", metavar="URL", help="Its SPARQL Update endpoint, likewise. [KG_UPDATE_URL]")
@json_option
def push(
    address: str, graph: Path, prune: bool, verify: bool, store_url: str | None, update_url: str | None, as_json: bool
) -> None:
    """Have the store at URL hold what was published last of a graph directory, and nothing else of that graph.

    URL is the address of an Oxigraph server (http://localhost:7878) or the query endpoint of any other store; graphs
    of others in it are let be. Only named graphs that differ are sent (Graph Store Protocol, or SPARQL Update where
    the store has only that), each in one piece, and counted there; documents that are gone are taken out. The same
    command goes on where one was broken off. A login is taken from the environment: KG_REMOTE_TOKEN, or KG_REMOTE_USER
    and KG_REMOTE_PASSWORD.
    """
    from kg.store.remote.addresses import endpoints_of
    from kg.store.remote.pushing import push as send

    given = endpoints_of(address)
    if store_url or update_url:
        given = replace(given, store=store_url or "", update=update_url or "")
    pushed = send(graph, address, prune=prune, verify=verify, endpoints=given, progress=progress())
    click.echo(json.dumps(asdict(pushed), indent=2) if as_json else summary(pushed, address))
