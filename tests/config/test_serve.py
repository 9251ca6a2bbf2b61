"""Where demo data may be served, and what the server needs before it answers."""

import socket

import pytest
from django.conf import LazySettings

from niangjia.config.processes import is_loopback, refuse_taken_port
from niangjia.config.serve import refuse_unready_database
from niangjia.demo.models import DemoCity


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("niangjia.example", False),
    ],
)
def test_only_this_machine_is_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.django_db
def test_a_demo_database_is_refused_on_any_other_address() -> None:
    DemoCity.objects.create(pk=1, seed=1)
    with pytest.raises(SystemExit, match=r"served on this machine only, not on 0\.0\.0\.0"):
        refuse_unready_database("0.0.0.0")


@pytest.mark.django_db
def test_a_demo_by_setting_is_refused_on_any_other_address(settings: LazySettings) -> None:
    settings.DEMO = True
    with pytest.raises(SystemExit, match="served on this machine only"):
        refuse_unready_database("192.168.1.5")


@pytest.mark.django_db(transaction=True)
def test_real_data_may_be_served_anywhere_and_demo_data_here() -> None:
    refuse_unready_database("0.0.0.0")
    DemoCity.objects.create(pk=1, seed=1)
    refuse_unready_database("127.0.0.1")


def test_a_taken_port_gets_a_sentence() -> None:
    with socket.socket() as holder:
        # The server shares its port; trying it must not.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(SystemExit, match=f"port {port} on 127.0.0.1 cannot be had"):
            refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)
