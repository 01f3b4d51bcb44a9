# SPDX-License-Identifier: GPL-3.0-or-later
"""The centre's journal in report.py's form: what happened to each call, in the order in which it came in."""
import calendar
import time


OTHERS = {"participation.joined": "joined", "participation.role_changed": "role", "clip.played": "clip", "recording.paused": "paused",
          "recording.resumed": "recording_resumed"}


def milliseconds(at):
    """Of "2026-03-01T09:30:00.250Z", or of a number that is them already."""
    if isinstance(at, (int, float)):
        return int(at)
    whole, _dot, part = at.rstrip("Z").partition(".")
    return calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) * 1000 + int((part + "000")[:3])


def facts(events, notes):
    """events: the journal from its beginning, notes: the text of each participation's note.

    Interactions are numbered as they were created, which is how customers' calls are numbered."""
    calls, tags, found = {}, {}, []
    for e in events:
        kind, at = e["type"], milliseconds(e["at"])
        if kind == "interaction.created":
            calls[e["interaction"]] = len(calls) + 1
        call = calls.get(e.get("interaction"))
        if kind == "tags.set":
            tags[e["participation"]] = e.get("tags") or []
        elif kind == "message.added":
            found.append({"call": call, "type": "message", "author": e["author"], "at": at})
        elif kind == "agent.state_changed":
            found.append({"type": "state", "state": e["state"], "reason": e.get("reason"), "at": at})
        elif kind == "offer.created":
            found.append({"call": call, "type": "offered", "at": at})
        elif kind == "offer.ended":
            found.append({"call": call, "type": e["outcome"], "reason": e.get("reason"), "at": at})
        elif kind in ("participation.held", "participation.resumed"):
            found.append({"call": call, "type": kind.split(".")[1], "at": at})
        elif kind in OTHERS:
            found.append({"call": call, "type": OTHERS[kind], "agent": e.get("agent"), "part": e.get("part", "primary"), "at": at})
        elif kind == "wrap_up.started":
            found.append({"call": call, "type": "wrap_up_started", "at": at})
        elif kind == "wrap_up.ended":
            part = e["participation"]
            found.append({"call": call, "type": "wrapped_up", "at": at, "disposition": e.get("disposition"),
                          "tags": tags.get(part, []), "note": notes.get(part, "")})
    return found
