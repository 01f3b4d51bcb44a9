# SPDX-License-Identifier: GPL-3.0-or-later
"""More of the table in scenarios.py: calls to agents who have their own ones go elsewhere, by customers who dial their number and by
colleagues. Where a number or a box has a call, no desk shows it."""

from scenarios import row

ROWS = (
    row("forwarded_always_to_a_colleague",
        ("alice forwards always to bob; bob forwards always to alice = forward_loop; customer calls alice directly; bob answers", "bob+customer", "bob:primary"),
        ("bob hangs up; alice forwards no more", "", ""),
        ("customer calls alice directly; alice answers", "alice+customer", "alice:primary"),
        ("alice hangs up", "", ""),
        journal="?personal !answered alice:primary customer_left alice:left/station_hung_up closed"),
    row("forwarded_from_one_to_the_next",
        ("alice forwards always to bob; bob is idle; bob forwards busy to carol; customer calls alice directly; carol answers",
         "carol+customer", "carol:primary"),
        ("customer hangs up; bob is available", "", ""),
        journal="alice:forwarded/agent_choice bob:forwarded/agent_busy ?personal !answered carol:primary customer_left carol:left/customer_left closed"),
    row("forwarded_unanswered_to_a_number",
        ("alice forwards no answer to outside; customer calls alice directly; alice misses; outside answers", "customer+outside", ""),
        ("outside hangs up", "", ""),
        states="alice=idle/rona",
        journal="?personal !moved alice:forwarded/no_answer number:dialling number:joined number:left/party_left closed"),
    row("forwarded_to_a_number_that_is_busy",
        ("alice forwards always to outside; customer calls alice directly; outside is called and is busy; alice answers",
         "alice+customer", "alice:primary"),
        ("alice hangs up", "", ""),
        journal="alice:forwarded/agent_choice number:dialling number:left/busy ?personal !answered alice:primary customer_left alice:left/station_hung_up closed"),
    row("forwarded_signed_out_to_voicemail",
        ("frank forwards signed out to voicemail; frank goes home; customer calls frank directly", None, ""),
        ("customer hangs up; frank comes back", "", ""),
        journal="frank:forwarded/owner_away voicemail customer_left closed"),
    row("forwarded_to_a_queue",
        ("alice is idle; alice forwards not taken to queue second; customer calls alice directly; carol answers",
         "carol+customer", "carol:primary"),
        ("carol hangs up; alice is available", "", ""),
        journal="alice:forwarded/agent_busy ?new !answered carol:primary customer_left carol:left/station_hung_up closed"),
    row("inside_forwarded_to_a_colleague",
        ("bob forwards always to carol; alice calls bob elsewhere; carol answers", "alice+carol", "alice:primary carol:conferenced"),
        ("alice ends", "", ""),
        journal="alice:calling alice:dialling bob:forwarded/agent_choice ?conference !answered carol:conferenced alice:connected "
        "customer_left carol:left/agent_ended alice:left/agent_ended closed"),
    row("inside_forwarded_to_a_number",
        ("bob forwards always to outside; alice calls bob elsewhere", "alice~ring", "alice:primary/dialling somewhere:conferenced/dialling"),
        ("outside answers", "alice+outside", "alice:primary somewhere:conferenced"),
        ("alice ends", "", ""),
        journal="alice:calling alice:dialling bob:forwarded/agent_choice number:dialling number:joined alice:connected customer_left "
        "alice:left/agent_ended number:left/agent_ended closed"),
    row("inside_forwarded_to_voicemail",
        ("frank forwards always to voicemail; alice calls frank elsewhere", "alice", "alice:primary"),
        ("alice holds = customer_gone; alice consults bob = customer_gone; alice ends", "", ""),
        journal="alice:calling alice:dialling frank:forwarded/agent_choice voicemail alice:connected customer_left alice:left/agent_ended closed"),
)
