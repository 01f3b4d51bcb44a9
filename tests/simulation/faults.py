#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts one fault after another into a copy of the routing core and runs random days on it: each fault
has to be noticed. A fault whose text is no longer in the core is an error, so the list stays true."""

import argparse
import os
import subprocess
import sys
import tempfile

# file, text in the core, text with the fault
FAULTS = [
    ("ready.c", "agent->used[channel] >= limits[channel]", "agent->used[channel] > limits[channel]"),
    ("ready.c", "return channels_below (core, agent, agent->automatic) |",
     "return channels_below (core, agent, agent->slots) |"),
    ("ready.c", "return channels_below (core, agent, agent->slots);",
     "return channels_below (core, agent, agent->automatic);"),
    ("decide-take.c", "if (!request->queue->def->take)", "if (FALSE)"),
    ("decide-take.c", "place == NULL || place->membership == MODEL_MEMBERSHIP_OUT", "place == NULL"),
    ("decide-take.c", "agent->used[channel] >= agent->slots[channel]", "FALSE"),
    ("decide-take.c", "agent->sign_out_pending || !agent->desk_connected", "FALSE"),
    ("decide-take.c", "acd_agent_open_channels (core, agent) & asked", "acd_agent_open_channels (core, agent)"),
    ("decide-offer.c", "entry.join->reason = model_code (reason);", ";"),
    ("ready.c", "? agent->station_ready", "? TRUE"),
    ("ready.c", "!agent->desk_connected || ", ""),
    ("ready.c", "agent->next_state != MODEL_AGENT_OFFLINE ||", "FALSE ||"),
    ("ready.c", "agent->places[seat->place].membership == MODEL_MEMBERSHIP_READY;",
     "agent->places[seat->place].membership != MODEL_MEMBERSHIP_OUT;"),
    ("ready.c", "if (level < klass->needs[i].level)", "if (level + 1 < klass->needs[i].level)"),
    ("ready.c", "return agent->idle_since - ((gint64) seat->score << 48);",
     "return agent->idle_since + ((gint64) seat->score << 48);"),
    ("ready.c", "agent->call_wrap_ups > 0 && settings->voice_wrap_up_blocks", "FALSE"),
    ("ready.c", "agent->calls == 0 || settings->digital_during_call", "TRUE"),
    ("dispatch.c", "node->key < best->key ||", "node->key > best->key ||"),
    ("dispatch.c", "if (agent->exclusions == NULL || !acd_agent_excludes (agent, request->id))", "if (TRUE)"),
    ("dispatch.c", "if (agent->personal.n > 0)", "if (FALSE)"),
    ("apply-request.c", "event->queued_at - ", "event->at - "),
    ("apply-agent.c", "agent->idle_since = event->at;", ";"),
    ("apply-request.c", "acd_request_mark (core, request);", ";"),
    ("apply-part.c", "agent->idle_since = at;", ";"),
    ("apply-part.c", "agent->call_wrap_ups++;", ";"),
    ("apply-agent.c", "agent->rejoined = TRUE;", ";"),
    ("apply-agent.c", "? -1u : 1u", "? 0u : 1u"),
    ("timers.c", "acd_step_state (core, agent, MODEL_AGENT_IDLE,\n                  model_code (voice",
     "(void) (model_code (voice"),
    ("timers.c", "if (!agent->desk_connected)", "if (FALSE)"),
    ("timers.c", "if (voice && offer->state != ACD_OFFER_RINGING)", "if (FALSE)"),
    ("timers.c", "  if (accepts_itself (offer))\n    {", "  if (FALSE)\n    {"),
    ("state.c", "deadline = MIN (deadline, request->needs[i].until);", ";"),
    ("steps.c", "service_level_seconds * 1000", "service_level_seconds * 2000"),
    ("steps.c", "queue->waiting >= (guint) def->max_waiting", "queue->waiting > (guint) def->max_waiting"),
    ("steps.c", "event->queued_at = request->queued_at;", "event->queued_at = core->clock;"),
    ("steps-work.c", "def->wrap_up.required || ", ""),
    ("decide-offer.c", "hold_other_calls (core, offer->agent);", ";"),
    ("decide-work.c", "hold_others (core, part);\n  emit_hold (core, part, MODEL_EVENT_PARTICIPATION_RESUMED, MODEL_CODE_AGENT_CHOICE)",
     "emit_hold (core, part, MODEL_EVENT_PARTICIPATION_RESUMED, MODEL_CODE_AGENT_CHOICE)"),
    ("state.c", "if (agent->session != 0 && agent->desk_lost_at != 0 && has_deserted (agent))", "if (FALSE)"),
    ("timers.c", "settings->chat_absence_seconds", "settings->work_absence_seconds"),
    ("steps-work.c", "if (part->deadline == 0 && acd_part_home", "if (FALSE && acd_part_home"),
    ("steps-work.c", ".queued_at = part->queued_at,", ".queued_at = core->clock,"),
    ("steps-work.c", "acd_step_place (core, interaction, &placing);", ";"),
    ("steps-work.c", ".giver = part->agent,", ""),
    ("decide-session.c", "if (part->state == ACD_PART_ACTIVE && part->deadline != 0)", "if (FALSE)"),
    ("steps.c", "    place = placing->queue;", "    return;"),
    ("load.c", "  if (part->deadline != 0)\n", "  if (part->state == ACD_PART_WRAP_UP)\n"),
    ("steps.c", "pass_on (core, request, outcome, reason);", ";"),
    ("steps.c", "if (outcome != MODEL_OUTCOME_WITHDRAWN ||", "if (outcome != MODEL_OUTCOME_WITHDRAWN); else if ("),
    ("steps.c", "release_returns (core, agent);", ";"),
    ("steps.c", "keep_from (core, event, no ? request->owner : NULL);", ";"),
    ("steps.c", "    place = queue;\n", "    place = NULL;\n"),
    ("steps-work.c", "AcdQueue *fallback = acd_request_back (core, request);",
     "AcdQueue *fallback = acd_personal_fallback (core, agent, (ModelChannel) request->interaction->channel);"),
    ("apply-request.c", "if (event->skill != NULL)", "if (FALSE)"),
    ("decide-transfer.c", "placing.queued_at = part->queued_at;", "placing.queued_at = core->clock;"),
    ("decide-transfer.c", "placing.giver = part->agent;", ";"),
    ("state.c", "reason != model_code (MODEL_CODE_UNASSIGNED)", "TRUE"),
    ("save.c", "saved->back = request->back->id;", ";"),
    ("save.c", "saved->part = part->part;", ";"),
    ("steps-consult.c", "if (request->owner != NULL || request->wait_deadline <= core->clock)",
     "if (request->wait_deadline <= core->clock)"),
    ("steps-work.c", "acd_step_end_asks (core, part->interaction, model_code (MODEL_CODE_AGENT_LEFT));", ";"),
    ("apply-request.c", "keep_company_away (core, event, interaction);", ";"),
    ("steps-work.c", "if (acd_part_is_in (part) && part->part == MODEL_PART_PRIMARY)", "if (acd_part_is_in (part))"),
    ("steps-consult.c", "event->queued_at = charge->queued_at;", "event->queued_at = core->clock;"),
    ("steps-work.c", "          goes_on_without (core, part, away);\n", ""),
    ("steps-work.c", "if (interaction->requests == NULL && interaction->parts != NULL &&", "if (FALSE &&"),
    ("steps-work.c", "        acd_step_pass_control (core, part, heir, reason);\n      return heir != NULL;", "        return FALSE;\n      return FALSE;"),
    ("decide-consult.c", "if (part->agent->session == 0)", "if (FALSE)"),
    ("timers.c", "if (acd_request_asks (request))", "if (FALSE)"),
    ("save.c", "saved->held_total = part->held_total;", ";"),
    ("load.c", "agent->idle_since = saved->idle_since;", ";"),
]


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def build(options, folder, name, text):
    source = os.path.join(folder, name)
    with open(source, "w", encoding="utf-8") as file:
        file.write(text)
    program = os.path.join(folder, "day")
    subprocess.run(
        options.cc.split() + ["-O1", "-w", "-D_GNU_SOURCE", "-I", os.path.join(options.source, "src"), source]
        + output("pkg-config", "--cflags", "gio-2.0", "json-glib-1.0")
        + ["-Wl,--start-group", *options.libraries, "-Wl,--end-group"]
        + output("pkg-config", "--libs", "gio-2.0", "json-glib-1.0") + ["-lm", "-o", program],
        check=True)
    return program


def run(program):
    """What the days say of a core: None if nothing is wrong."""
    done = subprocess.run([program, "--days", "40", "--events", "5000", "--twice"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
    if done.returncode == 0:
        return None
    lines = (done.stderr or "crashed").strip().splitlines()
    return lines[0] if lines else "crashed"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", required=True)
    parser.add_argument("--cc", required=True)
    parser.add_argument("--libraries", nargs="+", required=True)
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, old, new) in enumerate([("core.c", "", "")] + FAULTS):
            with open(os.path.join(options.source, "src", "acd", name), encoding="utf-8") as file:
                text = file.read()
            if old not in text:
                print(f"fault {number}: {name} has no {old!r} any more")
                missed += 1
                continue
            said = run(build(options, folder, name, text.replace(old, new, 1) if old else text))
            if number == 0:
                if said is not None:
                    print(f"the core without a fault: {said}")
                    return 1
                continue
            print(f"fault {number} in {name}: {said or 'NOT NOTICED: ' + old}")
            missed += said is None
    print(f"{len(FAULTS) - missed} of {len(FAULTS)} faults noticed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
