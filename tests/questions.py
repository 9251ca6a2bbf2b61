"""How many questions a page puts to the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def questions(client: Client, address: str) -> int:
    """Of the page when it is warm; what is remembered for two seconds may have to be asked in one of three tries."""
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    return min(counts)
