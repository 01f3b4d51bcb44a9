# SPDX-License-Identifier: GPL-3.0-or-later
"""More of the table of scenarios.py: each party hangs up in each state of a call, where no other row says so."""

from scenarios_numbers import FIVE, JOINED
from scenarios import OPENING, TALK, ASKED, CONSULTS, CONSULTED, THREE, MERGED, row

SWAPPED = ("alice resumes", "alice+customer bob~music", "alice:primary bob:consulted/held")
BOTH_HELD = ("alice holds bob", "bob~music customer~music", "alice:primary/held bob:consulted/held")
RUNG = ("alice consults outside", "alice~ring customer~music", "alice:primary/held outside:consulted/dialling")
ASKS_NUMBER = ("alice consults outside; outside answers", "alice+outside customer~music", "alice:primary/held outside:consulted")
NUMBER_SWAPPED = ("alice resumes", "alice+customer outside~music", "alice:primary outside:consulted/held")
WITH_NUMBER = ("alice merges", "alice+outside+customer", "alice:primary outside:conferenced")
NUMBER = OPENING + "alice:held/consult number:dialling number:joined "
AND_CAROL_RINGS = ("alice conferences carol", "alice+bob+customer", "alice:primary bob:conferenced")
AND_CAROL_ASKED = ("alice consults carol; carol answers", "alice+carol bob+customer", "alice:primary/held bob:conferenced carol:consulted")
POST_CALL = ("customer hangs up", "alice+bob", "alice:primary bob:consulted")

ALONE = (
    row("customer_hangs_up_while_it_rings",
        ("customer calls; customer hangs up; alice stops ringing", "", ""),
        journal="?new customer_left !abandoned_ringing closed"),
    row("customer_hangs_up_when_it_was_declined",
        ("customer calls; alice declines", "customer~music", ""),
        ("customer hangs up", "", ""),
        states="alice=idle/refused",
        journal="?new customer_left !abandoned closed"),
)

CONSULT = (
    row("customer_hangs_up_while_a_number_rings",
        TALK, RUNG,
        ("customer hangs up; outside stops ringing", "", ""),
        journal=OPENING + "alice:held/consult number:dialling customer_left number:left/customer_left alice:left/customer_left closed"),
    row("asker_hangs_up_while_a_number_rings",
        TALK, RUNG,
        ("alice hangs up; outside stops ringing", "", ""),
        journal=OPENING + "alice:held/consult number:dialling customer_left number:left/customer_left alice:left/station_hung_up closed"),
    row("asker_hangs_up_on_a_number",
        TALK, ASKS_NUMBER,
        ("alice hangs up", "", ""),
        journal=NUMBER + "customer_left alice:left/station_hung_up number:left/station_hung_up closed"),
    row("asker_hangs_up_beside_a_held_colleague",
        TALK, CONSULTS, SWAPPED,
        ("alice hangs up", "", ""),
        journal=CONSULTED + "bob:held/consult alice:resumed/agent_choice customer_left bob:left/station_hung_up alice:left/station_hung_up closed"),
    row("customer_hangs_up_beside_a_held_colleague",
        TALK, CONSULTS, SWAPPED,
        ("customer hangs up", "alice+bob", "alice:primary bob:consulted"),
        ("alice hangs up", "", ""),
        journal=CONSULTED + "bob:held/consult alice:resumed/agent_choice customer_left bob:resumed/customer_left alice:left/station_hung_up bob:left/agent_left closed"),
    row("asker_hangs_up_with_both_held",
        TALK, CONSULTS, BOTH_HELD,
        ("alice hangs up", "", ""),
        journal=CONSULTED + "bob:held/agent_choice customer_left bob:left/station_hung_up alice:left/station_hung_up closed"),
    row("consulted_one_hangs_up_with_both_held",
        TALK, CONSULTS, BOTH_HELD,
        ("bob hangs up", "customer~music", "alice:primary/held"),
        ("customer hangs up", "", ""),
        journal=CONSULTED + "bob:held/agent_choice bob:left/station_hung_up customer_left alice:left/customer_left closed"),
    row("customer_hangs_up_with_both_held",
        TALK, CONSULTS, BOTH_HELD,
        ("customer hangs up", "alice+bob", "alice:primary bob:consulted"),
        ("alice hangs up", "", ""),
        journal=CONSULTED + "bob:held/agent_choice customer_left bob:resumed/customer_left alice:resumed/customer_left alice:left/station_hung_up bob:left/agent_left closed"),
    row("held_number_hangs_up",
        TALK, ASKS_NUMBER, NUMBER_SWAPPED,
        ("outside hangs up", "alice+customer", "alice:primary"),
        ("alice hangs up", "", ""),
        journal=NUMBER + "number:held/consult alice:resumed/agent_choice number:left/party_left customer_left alice:left/station_hung_up closed"),
    row("customer_hangs_up_beside_a_held_number",
        TALK, ASKS_NUMBER, NUMBER_SWAPPED,
        ("customer hangs up", "alice+outside", "alice:primary outside:consulted"),
        ("alice hangs up", "", ""),
        journal=NUMBER + "number:held/consult alice:resumed/agent_choice customer_left number:resumed/customer_left alice:left/station_hung_up number:left/agent_left closed"),
    row("asker_hangs_up_beside_a_held_number",
        TALK, ASKS_NUMBER, NUMBER_SWAPPED,
        ("alice hangs up", "", ""),
        journal=NUMBER + "number:held/consult alice:resumed/agent_choice customer_left alice:left/station_hung_up number:left/station_hung_up closed"),
    row("asker_hangs_up_after_the_customer",
        TALK, CONSULTS, POST_CALL,
        ("alice hangs up", "", ""),
        journal=CONSULTED + "customer_left alice:resumed/customer_left alice:left/station_hung_up bob:left/agent_left closed"),
)

TRANSFER = (
    row("giver_hangs_up_while_it_rings",
        TALK,
        ("alice transfers to bob", "alice~ring customer~music", "alice:primary/held"),
        ("alice hangs up", "customer~music", ""),
        ("customer hangs up; bob stops ringing", "", ""),
        journal=OPENING + "alice:held/transfer ?transfer ?transfer alice:left/station_hung_up customer_left !abandoned_ringing closed"),
    row("giver_hangs_up_while_a_number_rings",
        TALK,
        ("alice transfers to outside", "alice~ring customer~music", "alice:primary/held outside:primary/dialling"),
        ("alice hangs up", "customer~music", ""),
        ("outside answers", "outside+customer", ""),
        ("outside hangs up", "", ""),
        journal=OPENING + "alice:held/transfer number:dialling number:role_changed/transferred alice:left/station_hung_up number:joined number:left/party_left closed"),
    row("customer_hangs_up_while_the_number_given_to_rings",
        TALK,
        ("alice transfers to outside", "alice~ring customer~music", "alice:primary/held outside:primary/dialling"),
        ("customer hangs up; outside stops ringing", "", ""),
        journal=OPENING + "alice:held/transfer number:dialling customer_left number:left/customer_left alice:left/customer_left closed"),
)

CONFERENCE = (
    row("invited_one_hangs_up_and_then_the_agent",
        TALK, THREE,
        ("bob hangs up", "alice+customer", "alice:primary"),
        ("alice hangs up", "", ""),
        journal=MERGED + "bob:left/station_hung_up customer_left alice:left/station_hung_up closed"),
    row("invited_number_hangs_up",
        TALK, ASKS_NUMBER, WITH_NUMBER,
        ("outside hangs up", "alice+customer", "alice:primary"),
        ("customer hangs up", "", ""),
        journal=NUMBER + "number:role_changed/conferenced alice:resumed/conferenced number:left/party_left customer_left alice:left/customer_left closed"),
    row("agent_hangs_up_on_customer_and_number",
        TALK, ASKS_NUMBER, WITH_NUMBER,
        ("alice hangs up and customer hears beeps", "outside+customer", ""),
        ("customer hangs up", "", ""),
        journal=NUMBER + "number:role_changed/conferenced alice:resumed/conferenced alice:left/station_hung_up number:role_changed/agent_left customer_left number:left/customer_left closed"),
    row("invited_one_hangs_up_while_a_third_rings",
        TALK, THREE, AND_CAROL_RINGS,
        ("bob hangs up", "alice+customer", "alice:primary"),
        ("customer hangs up; carol stops ringing", "", ""),
        journal=MERGED + "?conference bob:left/station_hung_up customer_left !withdrawn alice:left/customer_left closed"),
    row("lead_hangs_up_while_a_third_rings",
        TALK, THREE, AND_CAROL_RINGS,
        ("alice hangs up; carol stops ringing", "bob+customer", "bob:primary"),
        ("bob hangs up", "", ""),
        journal=MERGED + "?conference !withdrawn alice:left/station_hung_up bob:primary customer_left bob:left/station_hung_up closed"),
    row("customer_hangs_up_while_a_third_rings",
        TALK, THREE, AND_CAROL_RINGS,
        ("customer hangs up; carol stops ringing", "alice+bob", "alice:primary bob:conferenced"),
        ("alice hangs up", "", ""),
        journal=MERGED + "?conference customer_left !withdrawn alice:left/station_hung_up bob:left/agent_left closed"),
    row("each_hangs_up_beside_a_consult_in_conference",
        TALK, THREE, AND_CAROL_ASKED,
        ("carol hangs up", "bob+customer", "alice:primary/held bob:conferenced"),
        ("alice consults carol; carol answers", "alice+carol bob+customer", "alice:primary/held bob:conferenced carol:consulted"),
        ("bob hangs up", "alice+carol customer~music", "alice:primary/held carol:consulted"),
        ("alice hangs up", "", ""),
        journal=MERGED + "alice:held/consult ?consult !answered carol:consulted carol:left/station_hung_up ?consult !answered carol:consulted bob:left/station_hung_up customer_left carol:left/station_hung_up alice:left/station_hung_up closed"),
    row("lead_hangs_up_beside_a_consult_in_conference",
        TALK, THREE, AND_CAROL_ASKED,
        ("alice hangs up", "bob+customer", "bob:primary"),
        ("customer hangs up", "", ""),
        journal=MERGED + "alice:held/consult ?consult !answered carol:consulted carol:left/agent_left alice:left/station_hung_up bob:primary customer_left bob:left/customer_left closed"),
    row("number_and_agent_hang_up_after_the_customer",
        TALK, THREE,
        ("alice conferences outside; outside answers; customer hangs up", "alice+bob+outside",
         "alice:primary bob:conferenced outside:conferenced"),
        ("outside hangs up", "alice+bob", "alice:primary bob:conferenced"),
        ("alice hangs up", "", ""),
        journal=MERGED + "number:dialling number:joined customer_left number:left/party_left alice:left/station_hung_up bob:left/agent_left closed"),
)



def refused(action, sounds, parts):
    """Before the attempts everybody has been told what is; after them it still is so."""
    return (action, None, parts), ("everybody is refused what is not allowed", sounds, parts)


# One call through every state, in each of which all is tried that the table of permissions does not allow.
EVERYTHING = (
    row("everything_that_is_not_allowed",
        ("customer calls wrap; alice is refused what is only offered", "customer~music", ""),
        *refused("alice answers", "alice+customer", "alice:primary"),
        *refused("alice holds", "customer~music", "alice:primary/held"),
        *refused(*ASKED),
        *refused("bob answers", "alice+bob customer~music", "alice:primary/held bob:consulted"),
        *refused(*SWAPPED),
        *refused("alice holds", *BOTH_HELD[1:]),
        *refused("alice resumes bob; alice merges", "alice+bob+customer", "alice:primary bob:conferenced"),
        *refused(*AND_CAROL_RINGS),
        *refused("carol answers; alice removes carol; alice consults carol; carol answers", *AND_CAROL_ASKED[1:]),
        *refused("alice merges", "alice+bob+carol+customer", "alice:primary bob:conferenced carol:conferenced"),
        *refused("alice leaves", "bob+carol+customer", "alice:primary/wrap_up bob:primary carol:conferenced"),
        *refused("customer hangs up", "bob+carol", "alice:primary/wrap_up bob:primary carol:conferenced"),
        *refused("carol leaves", "", "alice:primary/wrap_up bob:primary/wrap_up"),
        ("alice submits; bob submits", "", ""),
        journal=OPENING + "alice:held/agent_choice ?consult !answered bob:consulted bob:held/consult alice:resumed/agent_choice alice:held/agent_choice bob:resumed/agent_choice bob:conferenced alice:resumed/conferenced ?conference !answered carol:conferenced carol:left/removed alice:held/consult ?consult !answered carol:consulted carol:conferenced alice:resumed/conferenced alice:left/agent_left bob:primary customer_left carol:left/agent_left bob:left/agent_left closed"),
    row("everything_that_is_not_allowed_with_a_number",
        TALK,
        *refused(*RUNG),
        *refused("outside answers", "alice+outside customer~music", "alice:primary/held outside:consulted"),
        *refused(*NUMBER_SWAPPED),
        *refused("alice resumes outside; alice merges", "alice+outside+customer", "alice:primary outside:conferenced"),
        *refused("customer hangs up", "alice+outside", "alice:primary outside:conferenced"),
        ("alice hangs up", "", ""),
        journal=NUMBER + "number:held/consult alice:resumed/agent_choice alice:held/consult number:resumed/agent_choice number:role_changed/conferenced alice:resumed/conferenced customer_left alice:left/station_hung_up number:left/agent_left closed"),
    row("everything_that_is_not_allowed_amid_eight",
        TALK, FIVE,
        *refused("alice conferences frank; frank answers; alice conferences grace; grace answers; alice conferences outside; outside answers",
                 "alice+bob+carol+dave+frank+grace+outside+customer",
                 "alice:primary bob:conferenced carol:conferenced dave:conferenced frank:conferenced grace:conferenced outside:conferenced"),
        ("alice ends", "", ""),
        journal=JOINED + " ?conference !answered frank:conferenced ?conference !answered grace:conferenced number:dialling number:joined customer_left grace:left/agent_ended frank:left/agent_ended dave:left/agent_ended carol:left/agent_ended bob:left/agent_ended alice:left/agent_ended number:left/agent_ended closed"),
)

ROWS = ALONE + CONSULT + TRANSFER + CONFERENCE + EVERYTHING
