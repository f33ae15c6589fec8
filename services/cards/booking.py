"""The main job: a sound request books its slot by itself, in one transaction.

Somebody else's NIK never shows: from a phone that does not hold it, a NIK that is held gets the
same screens, an own code and the same SMS as a new one.  Such a request stays `requested`, marked
with the one it contests, takes no slot (one open slot per NIK), and both are judged at the counter,
where the KTP is seen.
"""

from __future__ import annotations

from menus.events import Answered
from services import callers, homes
from services.cards import booked, entering, rebooking
from services.context import CallContext
from storage import locks


def book(ctx: CallContext) -> Answered:
    """Book the visit of a new applicant, or another day for one who missed his.

    Answers ``booked``, ``taken`` when the hour has just gone, ``already`` when this very phone has
    a request for the NIK, ``too_many`` above ten live applicants or three registrations a day,
    ``unserved`` or ``young`` when the office of the home is another matter than it was.
    """
    if request_id := ctx.known.get("request"):
        return rebooking.rebook(ctx, request_id)
    nik_index = ctx.vault.index("nik", ctx.known["nik"])
    # Always in this order, so that two phones with two NIKs never wait for each other.
    locks.hold(ctx.conn, f"phone:{ctx.caller.phone_index}")
    locks.hold(ctx.conn, f"nik:{nik_index}")
    if own := callers.held(ctx, nik_index):
        return Answered("already", {"request": own.id})
    office = homes.find_office(ctx)
    if isinstance(office, Answered):
        return office
    if not ctx.caller.registrable or entering.too_many(ctx, office):
        return Answered("too_many")
    entered = entering.enter(ctx, office, nik_index)
    return booked.finish(ctx, entered, office) if entered else Answered("taken")
