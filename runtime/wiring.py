"""Builds the house: every room once, each given what it needs, nothing global.

The one place where settings meet the use cases. A process builds one house and keeps it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from runtime import failpoints
from runtime.embedded.servers import Addresses
from runtime.failpoints import Failpoint
from runtime.reaching import connect
from runtime.settings import Settings
from services.books import engines
from services.calls import HANDLERS
from services.delivery import Delivery
from services.delivery.policy import Policy
from services.dialogue import Dialogue, DialogueParts
from sms.gateway import Gateway
from sms.gateways import GATEWAYS, Account
from sms.message import Lane
from sms.templates import speaking
from storage.database import Database, Limits
from storage.sessions import RedisSessions
from storage.vault import Vault

Clock = Callable[[], datetime]
Nudge = Callable[[Lane], object]


@dataclass(frozen=True, slots=True)
class House:
    """What web, workers, clock and CLI work with. `redis_url` is the one in effect."""

    settings: Settings
    database: Database
    redis_url: str
    vault: Vault
    sessions: RedisSessions
    dialogue: Dialogue
    gateway: Gateway
    delivery: Delivery
    nudge: Nudge
    clock: Clock
    failpoint: Failpoint

    def close(self) -> None:
        """Let go of the connections."""
        self.sessions.close()
        self.database.dispose()


def now() -> datetime:
    """Give the time, in UTC: the clock of every process."""
    return datetime.now(UTC)


def build(
    settings: Settings,
    *,
    nudge: Callable[[str], Nudge],
    addresses: Addresses | None = None,
    clock: Clock = now,
    limits: Limits | None = None,
) -> House:
    """Build the house for `settings`; `nudge` makes the bell of the workers for a Redis URL.

    `addresses` None connects to the servers that the settings name or that stand in the home.
    """
    addresses = addresses or connect(settings)
    database = Database(addresses.database_url, limits or Limits())
    vault = Vault(settings.data_keys, settings.data_key, settings.index_key)
    sessions = RedisSessions(addresses.redis_url)
    bell = nudge(addresses.redis_url)
    failpoint = failpoints.armed(settings.failpoints, settings.home)
    gateway = gateway_of(settings)

    def wake() -> None:
        bell(Lane.URGENT)

    return House(
        settings=settings,
        database=database,
        redis_url=addresses.redis_url,
        vault=vault,
        sessions=sessions,
        dialogue=Dialogue(
            DialogueParts(
                engines=engines(database, clock(), languages=settings.languages),
                handlers=HANDLERS,
                database=database,
                vault=vault,
                sessions=sessions,
                offices=frozenset(settings.offices),
                tariff=settings.tariff,
                regions=settings.regions,
                clock=clock,
                nudge=wake,
                failpoint=failpoint,
            )
        ),
        gateway=gateway,
        delivery=Delivery(
            database,
            vault,
            gateway,
            speaking(settings.languages),
            regions=settings.regions,
            policy=Policy(bulk_per_day=settings.sms_daily_budget),
            failpoint=failpoint,
        ),
        nudge=bell,
        clock=clock,
        failpoint=failpoint,
    )


def gateway_of(settings: Settings) -> Gateway:
    """Make the gateway of the settings; it opens no connection before it sends."""
    account = settings.africastalking
    return GATEWAYS[settings.gateway](
        Account(
            username=account.username if account else "",
            api_key=account.api_key if account else "",
            service_code=settings.service_code,
            base_url=account.base_url if account else None,
            log=settings.simulator_log,
        )
    )
