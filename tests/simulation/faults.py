#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts one fault after another into a copy of the routing core and runs random days on it: each fault
has to be noticed. A fault whose text is no longer in the core is an error, so the list stays true. A rare fault says which day
noticed it last: that one is tried first, and where it no longer does, the others are."""

import argparse
import functools
import os
import shutil
import subprocess
import sys
import tempfile

FLAGS = ["-O0", "-w", "-D_GNU_SOURCE"]

# file, text in the core, text with the fault, and for what is rare the seed of a day that notices it
FAULTS = [
    ("ready.c", "agent->used[channel] >= limits[channel]", "agent->used[channel] > limits[channel]"),
    ("ready.c", "return channels_below (core, agent, agent->automatic) |",
     "return channels_below (core, agent, agent->slots) |"),
    ("ready.c", "return channels_below (core, agent, agent->slots);",
     "return channels_below (core, agent, agent->automatic);"),
    ("decide-take.c", "if (!request->queue->def.take)", "if (FALSE)"),
    ("decide-take.c", "place == NULL || place->membership == MODEL_MEMBERSHIP_OUT", "place == NULL"),
    ("decide-take.c", "agent->used[channel] >= agent->slots[channel]", "FALSE", 4),
    ("decide-take.c", "agent->sign_out_pending || !agent->desk_connected", "FALSE"),
    ("decide-take.c", "acd_agent_open_channels (core, agent) & asked", "acd_agent_open_channels (core, agent)", 36),
    ("decide-offer.c", "entry.join->reason = model_code (reason);", ";"),
    ("ready.c", "(agent->shut & (1 << channel)) != 0", "FALSE"),
    ("decide-agent.c", "acd_step_release_returns (core, agent);", ";"),
    ("ready.c", "? agent->station_ready", "? TRUE"),
    ("ready.c", "!agent->desk_connected || ", ""),
    ("ready.c", "agent->next_state != MODEL_AGENT_OFFLINE ||", "FALSE ||", 3),
    ("ready.c", "agent->places[seat->place].membership == MODEL_MEMBERSHIP_READY;",
     "agent->places[seat->place].membership != MODEL_MEMBERSHIP_OUT;"),
    ("ready.c", "if (level < klass->needs[i].level)", "if (level + 1 < klass->needs[i].level)"),
    ("ready.c", "return agent->idle_since - ((gint64) seat->score << 48);",
     "return agent->idle_since + ((gint64) seat->score << 48);"),
    ("ready.c", "agent->call_wrap_ups > 0 && settings->voice_wrap_up_blocks", "FALSE"),
    ("ready.c", "agent->calls == 0 || settings->digital_during_call", "TRUE"),
    ("dispatch.c", "node->key < best->key ||", "node->key > best->key ||"),
    ("dispatch.c", "if (agent->exclusions == NULL || !acd_agent_excludes (agent, request->id))", "if (TRUE)"),
    ("decide-forward.c", "command->team != NULL || command->entry_point != NULL, error)", "FALSE, error)"),
    ("dispatch.c", "if (agent->personal.n > 0)", "if (FALSE)"),
    ("apply-part.c", "acd_apply_listens (core, part);", ";"),
    ("decide-supervise.c", "acd_step_came_anyway (core, part);", ";", 102),
    ("decide-agent.c", "agent->calls > acd_agent_calls_offered (agent)", "agent->calls > agent->n_offers"),
    ("apply-request.c", "given ? event->at : event->queued_at", "event->at"),
    ("apply-request.c", "given ? event->at : event->queued_at", "event->queued_at"),
    ("apply-agent.c", "agent->idle_since = event->at;", ";"),
    ("apply-request.c", "acd_request_mark (core, request);", ";"),
    ("apply-part.c", "agent->idle_since = at;", ";"),
    ("apply-part.c", "agent->call_wrap_ups++;", ";"),
    ("apply-agent.c", "agent->rejoined = TRUE;", ";"),
    ("apply-agent.c", "? -1u : 1u", "? 0u : 1u", 16),
    ("timers.c", "acd_step_state (core, agent, MODEL_AGENT_IDLE,\n                  model_code (voice",
     "(void) (model_code (voice"),
    ("timers.c", "if (!agent->desk_connected)", "if (FALSE)", 19),
    ("timers.c", "if (voice && offer->state != ACD_OFFER_RINGING)", "if (FALSE)"),
    ("timers.c", "  if (accepts_itself (offer))\n    {", "  if (FALSE)\n    {"),
    ("state.c", "deadline = MIN (deadline, request->needs[i].until);", ";"),
    ("steps.c", "service_level_seconds * 1000", "service_level_seconds * 2000"),
    ("steps.c", "queue->waiting >= (guint) def->max_waiting", "queue->waiting > (guint) def->max_waiting", 6),
    ("steps.c", "event->queued_at = request->queued_at;\n  emit_queued", "event->queued_at = core->clock;\n  emit_queued"),
    ("steps-work.c", "def->wrap_up.required || ", "", 16),
    ("decide-offer.c", "acd_step_hold_talks (core, agent, NULL);", ";"),
    ("steps-call.c", "  acd_step_hold_talks (core, part->agent, interaction);\n  emit_resumed", "  emit_resumed"),
    ("steps-call.c", "if (ask != NULL && ask->kind != MODEL_REQUEST_CONFERENCE)", "if (FALSE)", 4),
    ("steps-call.c", "acd_step_hold (core, consulted, MODEL_CODE_CONSULT);", ";", 7),
    ("steps-call.c", "acd_step_hold_talks (core, primary->agent, interaction);", ";", 548),
    ("steps-consult.c", "hold_for (core, part, placing->kind);", ";"),
    ("steps-consult.c", "event->queued_at = part->queued_at;", ";", 16),
    ("steps-work.c", "if (acd_n_in (core, interaction) < 2 || acd_n_agents (interaction) == 0)\n    acd_step_all", "if (FALSE)\n    acd_step_all"),
    ("decide-offer.c", "  wait_for_primary (core, part);\n", "", 174),
    ("decide-offer.c", "    acd_step_leave (core, entry->giver, model_code (MODEL_CODE_TRANSFERRED));", "    ;", 3),
    ("save.c", "saved->muted = part->muted;", ";", 5),
    ("steps-party.c", "event->queued_at = part->queued_at;", ";"),
    ("steps-party.c", "acd_step_hold (core, primary, MODEL_CODE_CONSULT);", ";", 3),
    ("steps-party.c", "  else if (was_given)\n", "  else if (FALSE)\n"),
    ("team.c", "acd_team_calls (core, team->id) < (guint) team->calls", "TRUE"),
    ("apply-party.c", "acd_team_count (core, party->team, -1);", ";"),
    ("steps-party.c", "event->held_duration += core->clock - party->since;", ";"),
    ("steps-call.c", "acd_step_party_hold (core, party, MODEL_CODE_CONSULT);", ";"),
    ("steps-call.c", "acd_step_party_bring_in (core, party, MODEL_CODE_CUSTOMER_LEFT);", ";", 7),
    ("steps-work.c", "while ((rung = acd_party_rung (core, interaction)) != NULL)", "while ((rung = NULL) != NULL)", 141),
    ("apply-party.c", "set_deadline (core, party, party->deadline + shift);", ";", 5),
    ("save.c", "saved->state = party->state;", ";"),
    ("load.c", "party->queued_at = saved->queued_at;", ";"),
    ("state.c", "if (agent->session != 0 && agent->desk_lost_at != 0 && has_deserted (agent))", "if (FALSE)"),
    ("timers.c", "settings->chat_absence_seconds", "settings->work_absence_seconds"),
    ("steps-work.c", "if (part->deadline == 0 && acd_part_home", "if (FALSE && acd_part_home"),
    ("steps-work.c", ".queued_at = part->queued_at,", ".queued_at = core->clock,"),
    ("steps-work.c", "acd_step_place (core, interaction, &placing);", ";"),
    ("steps-work.c", ".giver = part->agent,", ""),
    ("decide-session.c", "if (part->state == ACD_PART_ACTIVE && part->deadline != 0)", "if (FALSE)"),
    ("steps.c", "    place = placing->queue;", "    return;"),
    ("load.c", "  if (part->deadline != 0)\n", "  if (part->state == ACD_PART_WRAP_UP)\n", 6),
    ("steps.c", "pass_on (core, request, outcome, reason);", ";"),
    ("steps.c", "if (outcome != MODEL_OUTCOME_WITHDRAWN ||", "if (outcome != MODEL_OUTCOME_WITHDRAWN); else if ("),
    ("steps.c", "acd_step_release_returns (core, agent);", ";"),
    ("steps.c", "keep_from (core, event, no ? request->owner : NULL);", ";"),
    ("steps.c", "    place = queue;\n", "    place = NULL;\n"),
    ("steps-work.c", "AcdQueue *fallback = acd_request_back (core, request);",
     "AcdQueue *fallback = acd_personal_fallback (core, agent, (ModelChannel) request->interaction->channel);", 3),
    ("apply-request.c", "if (event->skill != NULL)", "if (FALSE)"),
    ("decide-transfer.c", "placing.queued_at = part->queued_at;", "placing.queued_at = core->clock;"),
    ("decide-transfer.c", "placing.giver = part->agent;", ";"),
    ("state.c", "reason != model_code (MODEL_CODE_UNASSIGNED)", "TRUE", 3),
    ("save.c", "saved->back = request->back->id;", ";"),
    ("save.c", "saved->part = part->part;", ";"),
    ("steps-consult.c", "if (owner == NULL && request->wait_deadline > core->clock)",
     "if (request->wait_deadline > core->clock)"),
    ("steps-consult.c", "acd_step_nobody_came (core, interaction, reason);", ";"),
    ("steps-work.c", "acd_step_end_asks (core, part->interaction, model_code (MODEL_CODE_AGENT_LEFT));", ";", 7),
    ("apply-request.c", "keep_company_away (core, event, interaction);", ";"),
    ("steps-work.c", "if (acd_part_is_in (part) && part->part == MODEL_PART_PRIMARY)", "if (acd_part_is_in (part))", 3),
    ("steps-consult.c", "event->queued_at = charge->queued_at;", "event->queued_at = core->clock;"),
    ("steps-work.c", "          goes_on_without (core, part, away);\n", "", 21),
    ("steps-work.c", "if (interaction->requests == NULL && others &&", "if (FALSE &&", 5),
    ("steps-work.c", "        acd_step_pass_control (core, part, heir, reason);\n      return heir != NULL;", "        return FALSE;\n      return FALSE;", 33),
    ("decide-consult.c", "if (part->agent->session == 0)", "if (FALSE)", 10),
    ("timers.c", "if (acd_request_asks (request))", "if (FALSE)", 6),
    ("ready.c", "agent->station_ready && agent->dialling == 0", "agent->station_ready", 21),
    ("apply-part.c", " && !acd_part_dials (part))\n    agent->idle_since", ")\n    agent->idle_since"),
    ("state.c", "return !acd_part_dials (part) && reason", "return reason"),
    ("decide-call.c", ".station_ready = agent->station_ready,", ".station_ready = TRUE,"),
    ("decide-call.c", ".offers = offers,", ".offers = 0,"),
    ("decide-call.c", "if (!dials_out (*queue))", "if (FALSE)"),
    ("decide-call.c", "acd_settings (core)->dial_seconds", "2 * acd_settings (core)->dial_seconds"),
    ("load.c", "agent->dialling += acd_part_dials (part);", ";"),
    ("save.c", "saved->held_total = part->held_total;", ";"),
    ("load.c", "agent->idle_since = saved->idle_since;", ";"),
    ("steps.c", "acd_step_no_longer_pending (core, interaction, placing->reason);", ";"),
    ("steps-work.c", "if (interaction->status == (guint) status)", "if (FALSE)"),
    ("steps-work.c", "if (interaction->status == MODEL_STATUS_PENDING)", "if (TRUE)"),
    ("save.c", "saved->status = (gint32) interaction->status;", ";"),
    ("save.c", "saved->sentiment_revision = one->revision;", ";"),
    ("decide-status.c", "if (!interaction->customer_present)", "if (FALSE)", 4),
    ("apply-work.c", "acd_set_revision (part->interaction, g_intern_static_string (ACD_SENTIMENT), event->revision);", ";", 79),
    ("ready.c", "return g_strcmp0 (agent->team, team) == 0;", "return 1;"),
    ("apply-agent.c", "      acd_agent_seat_everywhere (core, agent);\n", "", 7),
    ("load.c", "    agent->team = saved->team;\n", "    ;\n", 7),
    ("apply-definitions.c", "if (!model_agent_may_be_of (def, agent->team))", "if (TRUE)", 35),
]


@functools.lru_cache(None)
def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def prepare(options, folder):
    """What every source begins with is read once."""
    header = os.path.join(folder, "before.h")
    with open(header, "w", encoding="utf-8") as file:
        file.write("#include <gio/gio.h>\n#include <json-glib/json-glib.h>\n")
    subprocess.run(options.cc.split() + FLAGS + output("pkg-config", "--cflags", "gio-2.0", "json-glib-1.0")
                   + ["-x", "c-header", header, "-o", header + ".gch"], check=True)


def build(options, folder, name, text):
    source = os.path.join(folder, name)
    with open(source, "w", encoding="utf-8") as file:
        file.write(text)
    program = os.path.join(folder, "day")
    subprocess.run(
        options.cc.split() + FLAGS + ["-include", os.path.join(folder, "before.h"), "-I", os.path.join(options.source, "src"), source]
        + output("pkg-config", "--cflags", "gio-2.0", "json-glib-1.0")
        + (["-fuse-ld=gold"] if shutil.which("ld.gold") else []) + ["-Wl,--start-group", *options.libraries, "-Wl,--end-group"]
        + output("pkg-config", "--libs", "gio-2.0", "json-glib-1.0") + ["-lm", "-o", program],
        check=True)
    return program


def days(program, first, count, *more):
    """What these days say of a core: None if nothing is wrong."""
    done = subprocess.run([program, "--first", str(first), "--days", str(count), "--events", "5000", *more],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
    if done.returncode == 0:
        return None
    lines = (done.stderr or "crashed").strip().splitlines()
    return lines[0] if lines else "crashed"


def run(program, seed=None):
    """What no day shows by itself but by being lived twice is mostly seen at once: the many days are lived twice only at last."""
    return ((days(program, seed, 1, "--twice") if seed else None) or days(program, 1, 2, "--twice")
            or days(program, 3, 38) or days(program, 3, 38, "--twice"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", required=True)
    parser.add_argument("--cc", required=True)
    parser.add_argument("--libraries", nargs="+", required=True)
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        prepare(options, folder)
        with open(os.path.join(options.source, "src", "acd", "core.c"), encoding="utf-8") as file:
            sound = build(options, folder, "core.c", file.read())
        said = days(sound, 1, 8, "--twice")
        for seed in sorted({seed for *_, seed in FAULTS if isinstance(seed, int)}):
            said = said or days(sound, seed, 1, "--twice")
        if said is not None:
            print(f"the core without a fault: {said}")
            return 1
        for number, (name, old, new, *seed) in enumerate(FAULTS, 1):
            with open(os.path.join(options.source, "src", "acd", name), encoding="utf-8") as file:
                text = file.read()
            if old not in text:
                print(f"fault {number}: {name} has no {old!r} any more")
                missed += 1
                continue
            said = run(build(options, folder, name, text.replace(old, new, 1)), *seed)
            print(f"fault {number} in {name}: {said or 'NOT NOTICED: ' + old}")
            missed += said is None
    print(f"{len(FAULTS) - missed} of {len(FAULTS)} faults noticed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
