# SPDX-License-Identifier: GPL-3.0-or-later
"""More of the table in scenarios.py: calls from colleague to colleague, in which there is no customer. Whoever was called stands
where a customer would."""

from scenarios import row

CALLS = ("alice calls bob", "alice~ring", "alice:primary/dialling")
TALK = ("alice calls bob; bob answers", "alice+bob", "alice:primary bob:conferenced")
BOTH = "alice:primary bob:conferenced"
OPENING = "alice:calling alice:dialling ?conference "
ANSWERED = OPENING + "!answered bob:conferenced alice:connected "
CONSULTS = ("alice consults carol; carol answers", "alice+carol bob~music", "alice:primary/held bob:conferenced carol:consulted")
CONSULTED = ANSWERED + "alice:held/consult ?consult !answered carol:consulted "

ROWS = (
    row("inside_whole",
        CALLS,
        ("bob answers", "alice+bob", BOTH),
        ("alice keys 12#; bob hears keys 12#; bob keys 34; alice hears keys 34", "alice+bob", BOTH),
        ("alice transfers to carol = not_enabled; alice parks = not_enabled; alice leaves = last_agent; bob ends = not_primary",
         "alice+bob", BOTH),
        ("bob consults carol = not_primary; alice removes bob = last_agent", "alice+bob", BOTH),
        ("alice holds; alice ends = held", "bob~music", "alice:primary/held bob:conferenced"),
        ("alice resumes; bob holds", "alice~music bob~music", "alice:primary bob:conferenced/held"),
        ("bob resumes", "alice+bob", BOTH),
        ("alice ends", "", ""),
        journal=ANSWERED + "alice:held/agent_choice alice:resumed/agent_choice bob:held/agent_choice bob:resumed/agent_choice "
        "customer_left bob:left/agent_ended alice:left/agent_ended closed"),
    row("inside_ended_by_who_was_called",
        TALK,
        ("bob hangs up", "", ""),
        journal=ANSWERED + "bob:left/station_hung_up customer_left alice:left/station_hung_up closed"),
    row("inside_left_by_who_was_called",
        TALK,
        ("bob leaves", "", ""),
        journal=ANSWERED + "bob:left/agent_left customer_left alice:left/agent_left closed"),
    row("inside_ended_by_the_callers_phone",
        TALK,
        ("alice hangs up", "", ""),
        journal=ANSWERED + "customer_left bob:left/station_hung_up alice:left/station_hung_up closed"),
    row("inside_declined",
        CALLS,
        ("bob declines", "", ""),
        states="bob=idle/refused",
        journal=OPENING + "!declined alice:left/declined closed"),
    row("inside_taken_back",
        CALLS,
        ("alice ends; bob stops ringing", "", ""),
        journal=OPENING + "alice:left/cancelled !withdrawn closed"),
    row("inside_busy",
        TALK,
        ("carol calls bob = agent_busy; carol calls alice = agent_busy; bob calls carol = call_in_progress", "alice+bob", BOTH),
        ("alice ends", "", ""),
        journal=ANSWERED + "customer_left bob:left/agent_ended alice:left/agent_ended closed"),
    row("inside_to_a_queue",
        ("alice calls queue second; carol answers", "alice+carol", "alice:primary carol:conferenced"),
        ("carol hangs up", "", ""),
        journal=OPENING + "!answered carol:conferenced alice:connected carol:left/station_hung_up customer_left alice:left/station_hung_up closed"),
    row("inside_dialled_at_the_phone",
        ("alice's phone dials bob", "alice~ring", "alice:primary/dialling"),
        ("bob answers", "alice+bob", BOTH),
        ("alice's phone holds", "bob~music", "alice:primary/held bob:conferenced"),
        ("alice's phone resumes", "alice+bob", BOTH),
        ("bob hangs up", "", ""),
        journal=ANSWERED + "alice:held/station alice:resumed/station bob:left/station_hung_up customer_left alice:left/station_hung_up closed"),
    row("inside_a_number_at_the_phone",
        ("alice's phone dials queue second", "alice~ring", "alice:primary/dialling"),
        ("carol answers", "alice+carol", "alice:primary carol:conferenced"),
        ("alice hangs up", "", ""),
        journal=OPENING + "!answered carol:conferenced alice:connected customer_left carol:left/station_hung_up alice:left/station_hung_up closed"),
    row("inside_consult",
        TALK, CONSULTS,
        ("alice resumes", "alice+bob carol~music", "alice:primary bob:conferenced carol:consulted/held"),
        ("alice ends consult", "alice+bob", BOTH),
        ("alice ends", "", ""),
        journal=CONSULTED + "carol:held/consult alice:resumed/agent_choice carol:left/consult_ended customer_left bob:left/agent_ended alice:left/agent_ended closed"),
    row("inside_consult_goes_on_alone",
        TALK, CONSULTS,
        ("bob hangs up", "alice+carol", "alice:primary carol:consulted"),
        ("alice ends", "", ""),
        journal=CONSULTED + "bob:left/station_hung_up customer_left alice:resumed/customer_left carol:left/agent_ended alice:left/agent_ended closed"),
    row("inside_conference",
        TALK, CONSULTS,
        ("alice merges", "alice+bob+carol", BOTH + " carol:conferenced"),
        ("alice mutes carol; alice holds = in_conference", "alice+bob+-carol", BOTH + " carol:conferenced/muted"),
        ("alice unmutes carol; alice leaves", "bob+carol", "bob:primary carol:conferenced"),
        ("bob consults dave; dave answers", "bob+dave carol~music", "bob:primary/held carol:conferenced dave:consulted"),
        ("bob merges; bob removes carol", "bob+dave", "bob:primary dave:conferenced"),
        ("dave leaves", "", ""),
        journal=CONSULTED + "carol:conferenced alice:resumed/conferenced carol:muted carol:unmuted alice:left/agent_left bob:primary "
        "bob:held/consult ?consult !answered dave:consulted dave:conferenced bob:resumed/conferenced carol:left/removed "
        "dave:left/agent_left customer_left bob:left/agent_left closed"),
    row("inside_with_a_number",
        TALK,
        ("alice conferences outside; outside answers", "alice+bob+outside", BOTH + " outside:conferenced"),
        ("bob hangs up", "alice+outside", "alice:primary outside:conferenced"),
        ("outside hangs up", "", ""),
        journal=ANSWERED + "number:dialling number:joined bob:left/station_hung_up number:left/party_left customer_left alice:left/party_left closed"),
)
