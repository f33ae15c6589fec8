"""A telephone whose owner counts: the screens that came, the keys that were pressed."""

from __future__ import annotations

from typing import Self

from runtime.wiring import House
from tests.support.installation import Clock
from tests.support.phone import Phone


class Caller(Phone):
    """A phone; `code` is the service code it dials, when that is not the one we know of."""

    def __init__(self, house: House, clock: Clock, url: str, number: str, code: str = "") -> None:
        super().__init__(house, clock, url, number)
        self.screens: list[str] = []
        self.keys = 0
        self._other_code = code

    def dials(self, code: str | None = None) -> Self:
        """Dial, count from here."""
        self.screens, self.keys = [], 0
        super().dials(code)
        return self._pressed(code or self.house.settings.service_code)

    def types(self, text: str) -> Self:
        """Answer the screen."""
        super().types(text)
        return self._pressed(text)

    def chooses(self, *labels: str) -> Self:
        """Press the key before the line that holds one of the labels."""
        return self.types(self._key_of(*labels))

    def is_served_by(self, house: House, url: str) -> Self:
        """From now on the gateway reaches another server."""
        self._url = self._url.replace(self._url.partition("/ussd/")[0], url, 1)
        self.house = house
        return self

    def _pressed(self, text: str) -> Self:
        """Count one key for each sign and one to send it."""
        self.keys += len(text) + 1
        self.screens.append(self.screen)
        return self

    def _form(self) -> dict[str, str]:
        told = super()._form()
        return told | {"serviceCode": self._other_code or told["serviceCode"]}
