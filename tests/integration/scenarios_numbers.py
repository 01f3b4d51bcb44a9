# SPDX-License-Identifier: GPL-3.0-or-later
"""More of the table of scenarios.py: outside numbers and entry points, and conferences of many."""

import itertools

from scenarios import OPENING, TALK, THREE, MERGED, row  # noqa: F401

NUMBERS = (
    row("parked_and_fetched",
        ("talk in wrap", "alice+customer", "alice:primary"),
        ("alice parks", "customer~music", ""),
        ("bob fetches; bob answers", "bob+customer", "bob:primary"),
        ("bob parks; bob fetches; bob declines", "customer~music", ""),
        ("carol calls the place; carol answers", "carol+customer", "carol:primary"),
        ("carol fetches = nobody_parked", "carol+customer", "carol:primary"),
        ("carol hangs up; carol submits", "", ""),
        journal="?new !answered alice:primary alice:left/parked ?parked !answered bob:primary bob:left/parked ?parked !answered carol:primary customer_left carol:left/station_hung_up closed"),
    row("consult_of_a_number",
        TALK,
        ("alice consults outside", "alice~ring customer~music", "alice:primary/held outside:consulted/dialling"),
        ("outside answers", "alice+outside customer~music", "alice:primary/held outside:consulted"),
        ("alice keys 42; outside hears keys 42", "alice+outside customer~music", "alice:primary/held outside:consulted"),
        ("alice resumes", "alice+customer outside~music", "alice:primary outside:consulted/held"),
        ("alice resumes outside", "alice+outside customer~music", "alice:primary/held outside:consulted"),
        ("alice holds outside", "outside~music customer~music", "alice:primary/held outside:consulted/held"),
        ("alice ends consult", "customer~music", "alice:primary/held"),
        ("alice resumes; customer hangs up", "", ""),
        journal=OPENING + "alice:held/consult number:dialling number:joined number:held/consult alice:resumed/agent_choice alice:held/consult number:resumed/agent_choice number:held/agent_choice number:left/consult_ended alice:resumed/agent_choice customer_left alice:left/customer_left closed"),
    row("consulted_number_hangs_up",
        TALK,
        ("alice consults outside; outside answers", "alice+outside customer~music", "alice:primary/held outside:consulted"),
        ("outside hangs up", "customer~music", "alice:primary/held"),
        ("customer hangs up", "", ""),
        journal=OPENING + "alice:held/consult number:dialling number:joined number:left/party_left customer_left alice:left/customer_left closed"),
    row("consulted_number_is_busy",
        TALK,
        ("alice consults outside; outside is busy", "customer~music", "alice:primary/held"),
        ("alice consults other; other answers", "alice+other customer~music", "alice:primary/held other:consulted"),
        ("customer hangs up", "alice+other", "alice:primary other:consulted"),
        ("other hangs up", "", ""),
        journal=OPENING + "alice:held/consult number:dialling number:left/busy number:dialling number:joined customer_left alice:resumed/customer_left number:left/party_left alice:left/agent_left closed"),
    row("consult_of_a_number_taken_back",
        TALK,
        ("alice consults outside; alice ends consult; outside stops ringing", "customer~music", "alice:primary/held"),
        ("customer hangs up", "", ""),
        journal=OPENING + "alice:held/consult number:dialling number:left/consult_ended customer_left alice:left/customer_left closed"),
    row("number_consulted_and_merged",
        TALK,
        ("alice consults outside; outside answers; alice merges", "alice+outside+customer", "alice:primary outside:conferenced"),
        ("alice mutes outside", "alice+-outside+customer", "alice:primary outside:conferenced/muted"),
        ("alice unmutes outside", "alice+outside+customer", "alice:primary outside:conferenced"),
        ("alice removes outside", "alice+customer", "alice:primary"),
        ("customer hangs up", "", ""),
        journal=OPENING + "alice:held/consult number:dialling number:joined number:role_changed/conferenced alice:resumed/conferenced number:muted number:unmuted number:left/removed customer_left alice:left/customer_left closed"),
    row("number_invited",
        TALK,
        ("alice conferences outside", "alice+customer", "alice:primary outside:conferenced/dialling"),
        ("outside answers", "alice+outside+customer", "alice:primary outside:conferenced"),
        ("customer hangs up", "alice+outside", "alice:primary outside:conferenced"),
        ("alice hangs up", "", ""),
        journal=OPENING + "number:dialling number:joined customer_left alice:left/station_hung_up number:left/agent_left closed"),
    row("numbers_and_an_agent",
        TALK, THREE,
        ("alice conferences outside; outside answers", "alice+bob+outside+customer",
         "alice:primary bob:conferenced outside:conferenced"),
        ("alice leaves", "bob+outside+customer", "bob:primary outside:conferenced"),
        ("bob conferences other; other answers", "bob+outside+other+customer",
         "bob:primary other:conferenced outside:conferenced"),
        ("bob hangs up and customer hears beeps", "outside+other+customer", ""),
        ("outside hangs up", "other+customer", ""),
        ("other hangs up", "", ""),
        journal=MERGED + "number:dialling number:joined alice:left/agent_left bob:primary number:dialling number:joined bob:left/station_hung_up number:role_changed/agent_left number:left/party_left number:role_changed/agent_left number:left/party_left closed"),
    row("attended_transfer_to_a_number",
        ("talk in wrap", "alice+customer", "alice:primary"),
        ("alice consults outside; outside answers", "alice+outside customer~music", "alice:primary/held outside:consulted"),
        ("alice transfers to outside", "outside+customer", "alice:primary/wrap_up outside:primary"),
        ("outside hangs up; alice submits", "", ""),
        journal=OPENING + "alice:held/consult number:dialling number:joined number:role_changed/transferred alice:left/transferred number:left/party_left customer_left closed"),
    row("blind_transfer_to_a_number",
        TALK,
        ("alice transfers to outside", "alice~ring customer~music", "alice:primary/held outside:primary/dialling"),
        ("outside answers", "outside+customer", ""),
        ("customer hangs up", "", ""),
        journal=OPENING + "alice:held/transfer number:dialling number:role_changed/transferred alice:left/transferred number:joined customer_left number:left/customer_left closed"),
    row("blind_transfer_to_a_busy_number",
        TALK,
        ("alice transfers to outside; outside is busy", "customer~music", "alice:primary/held"),
        ("alice resumes", "alice+customer", "alice:primary"),
        ("customer hangs up", "", ""),
        journal=OPENING + "alice:held/transfer number:dialling number:left/busy alice:resumed/agent_choice customer_left alice:left/customer_left closed"),
    row("own_call_transferred_to_a_queue",
        ("alice calls outside; alice is called and answers; outside is called and answers", "alice+outside", "alice:primary"),
        ("alice transfers to queue second", "outside~music", ""),
        ("carol answers", "carol+outside", "carol:primary"),
        ("carol ends", "", ""),
        journal="alice:calling alice:dialling alice:connected alice:left/transferred ?transfer !answered carol:primary customer_left carol:left/agent_ended closed"),
    row("consult_at_an_entry_point",
        TALK,
        ("alice consults entry_point line_second; carol answers", "alice+carol customer~music", "alice:primary/held carol:consulted"),
        ("customer hangs up", "alice+carol", "alice:primary carol:consulted"),
        ("carol leaves", "", ""),
        journal=OPENING + "alice:held/consult ?consult !answered carol:consulted customer_left alice:resumed/customer_left carol:left/agent_left alice:left/agent_left closed"),
    row("transfer_to_an_entry_point",
        TALK,
        ("alice transfers to entry_point line_second", "customer~music", ""),
        ("carol answers", "carol+customer", "carol:primary"),
        ("customer hangs up", "", ""),
        journal=OPENING + "alice:left/transferred ?transfer !answered carol:primary customer_left carol:left/customer_left closed"),
    row("refused_targets",
        TALK,
        ("alice consults number 12x = invalid; alice consults entry_point line_nowhere = not_found", "alice+customer", "alice:primary"),
        ("alice transfers to queue nowhere = not_found; alice transfers to team nowhere = not_found", "alice+customer", "alice:primary"),
        ("customer hangs up", "", ""),
        journal=OPENING + "customer_left alice:left/customer_left closed"),
)

FIVE = ("alice conferences bob; bob answers; alice conferences carol; carol answers; alice conferences dave; dave answers",
        "alice+bob+carol+dave+customer", "alice:primary bob:conferenced carol:conferenced dave:conferenced")

MANY = (
    row("conference_of_five_left_from_the_first",
        TALK, FIVE,
        ("alice leaves", "bob+carol+dave+customer", "bob:primary carol:conferenced dave:conferenced"),
        ("bob leaves", "carol+dave+customer", "carol:primary dave:conferenced"),
        ("carol leaves", "dave+customer", "dave:primary"),
        ("dave leaves = last_agent; dave ends", "", ""),
        journal=OPENING + "?conference !answered bob:conferenced ?conference !answered carol:conferenced ?conference !answered dave:conferenced alice:left/agent_left bob:primary bob:left/agent_left carol:primary carol:left/agent_left dave:primary customer_left dave:left/agent_ended closed"),
    row("conference_of_five_left_from_the_last",
        TALK, FIVE,
        ("dave leaves", "alice+bob+carol+customer", "alice:primary bob:conferenced carol:conferenced"),
        ("carol hangs up", "alice+bob+customer", "alice:primary bob:conferenced"),
        ("bob leaves", "alice+customer", "alice:primary"),
        ("customer hangs up", "", ""),
        journal=OPENING + "?conference !answered bob:conferenced ?conference !answered carol:conferenced ?conference !answered dave:conferenced dave:left/agent_left carol:left/station_hung_up bob:left/agent_left customer_left alice:left/customer_left closed"),
    row("conference_of_five_left_by_the_customer_first",
        TALK, FIVE,
        ("customer hangs up", "alice+bob+carol+dave", "alice:primary bob:conferenced carol:conferenced dave:conferenced"),
        ("alice conferences eve = customer_gone", "alice+bob+carol+dave",
         "alice:primary bob:conferenced carol:conferenced dave:conferenced"),
        ("alice leaves", "bob+carol+dave", "bob:conferenced carol:conferenced dave:conferenced"),
        ("dave hangs up", "bob+carol", "bob:conferenced carol:conferenced"),
        ("bob leaves", "", ""),
        journal=OPENING + "?conference !answered bob:conferenced ?conference !answered carol:conferenced ?conference !answered dave:conferenced customer_left alice:left/agent_left dave:left/station_hung_up bob:left/agent_left carol:left/agent_left closed"),
    row("conference_of_eight",
        TALK, FIVE,
        ("alice conferences eve; eve answers; alice conferences frank; frank answers; alice conferences grace; grace answers",
         "alice+bob+carol+dave+eve+frank+grace+customer",
         "alice:primary bob:conferenced carol:conferenced dave:conferenced eve:conferenced frank:conferenced grace:conferenced"),
        ("alice conferences heidi = conference_full; alice consults outside = conference_full; alice mutes grace",
         "alice+bob+carol+dave+eve+frank+-grace+customer",
         "alice:primary bob:conferenced carol:conferenced dave:conferenced eve:conferenced frank:conferenced grace:conferenced/muted"),
        ("alice removes bob; alice ends", "", ""),
        journal=OPENING + "?conference !answered bob:conferenced ?conference !answered carol:conferenced ?conference !answered dave:conferenced ?conference !answered eve:conferenced ?conference !answered frank:conferenced ?conference !answered grace:conferenced grace:muted bob:left/removed customer_left grace:left/agent_ended frank:left/agent_ended eve:left/agent_ended dave:left/agent_ended carol:left/agent_ended alice:left/agent_ended closed"),
)

JOINED = OPENING + "?conference !answered bob:conferenced ?conference !answered carol:conferenced ?conference !answered dave:conferenced"


def left_by(*order):
    """A conference of five, left in this order: charge passes to who has been in it longest, as long as the customer is there."""
    here, lead, steps, story = ["alice", "bob", "carol", "dave", "customer"], "alice", [], [JOINED]
    for who in order:
        here.remove(who)
        agents = [h for h in here if h != "customer"]
        if who == "customer":
            steps.append("customer hangs up")
            story.append("customer_left")
            last = "customer_left"
        elif agents or "customer" not in here:
            steps.append(who + " leaves")
            story.append(who + ":left/agent_left")
            last = "agent_left"
        else:
            steps.append(who + " ends")
            story.append("customer_left %s:left/agent_ended" % who)
        if who == lead:
            lead = agents[0] if agents and "customer" in here else None
            story += [lead + ":primary"] if lead else []
        if len(here) < 2:
            story += [a + ":left/" + last for a in agents] + ["closed"]
            steps[-1] = steps[-1], "", ""
            break
        steps[-1] = steps[-1], "+".join(here), " ".join(a + (":primary" if a == lead else ":conferenced") for a in agents)
    return row("conference_of_five_left_by_" + "_".join(order), TALK, FIVE, *steps, journal=" ".join(story))


# One of each twenty orders in which five can leave.
ORDERS = tuple(left_by(*order) for order in list(itertools.permutations(("alice", "bob", "carol", "dave", "customer")))[7::20])

ROWS = NUMBERS + MANY + ORDERS
