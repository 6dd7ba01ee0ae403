"""The participants' page as it leaves the server, and what it asks for while people vote."""

import copy
import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from selector.workshop.web import House
from tests.exports.made import decided
from tests.workshop.rooms import DECISION, Room, bearer

MOST = 60_000  # bytes, all told but the font
NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)>&\"'"


def page_of(room: Room) -> Any:
    """The page as it is answered."""
    answer = room.client.get(f"/join/{room.code}")
    assert answer.status_code == 200
    return answer


def data_of(html: str) -> dict[str, Any]:
    """What stands in the page for its script."""
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


@pytest.mark.parametrize("decision", ["support-assistant", "coding-assistant"])
@pytest.mark.parametrize("ask", ["groups", "both"])
def test_the_page_is_light(open_room: Any, decision: str, ask: str) -> None:
    roles = [{"name": f"Role {n:02} {'x' * 70}"} for n in range(20)]
    plain = page_of(open_room(decision=decision, ask=ask))
    full = page_of(open_room(decision=decision, ask=ask, gut=True, named=True, roles=roles))
    assert len(plain.content) < MOST
    assert len(full.content) < MOST


def test_what_is_asked_stands_in_the_page_where_it_is_little(room: Room) -> None:
    data = data_of(page_of(room).text)
    assert data["state"]["phase"] == "lobby"
    assert [one["id"] for one in data["about"]["criteria"]] == ["money", "quality", "support"]


def test_nothing_but_the_pages_own_script_runs(room: Room) -> None:
    first, second = page_of(room), page_of(room)
    policy = first.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    nonce = re.search(r"script-src 'nonce-([^']+)'", policy)
    assert nonce
    scripts = re.findall(r"<script\b[^>]*>", first.text)
    assert scripts
    assert all(f'nonce="{nonce.group(1)}"' in tag for tag in scripts)
    assert nonce.group(1) not in second.text
    # No inline style and no handler in the markup, which the policy would refuse.
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", first.text, flags=re.DOTALL)
    assert not re.search(r"\s(style|on\w+)=", markup)
    assert not re.search(r'(src|href)="(?!/|data:)', markup)


def test_what_somebody_wrote_stays_text(open_room: Any) -> None:
    decision = copy.deepcopy(DECISION) | {"title": NASTY, "question": NASTY}
    decision["criteria"][0]["name"] = NASTY
    decision["alternatives"][0]["name"] = NASTY
    room = open_room(decision=decision, roles=[{"name": "<script>alert(2)</script>"}])
    html = page_of(room).text
    assert "<script>alert" not in html
    assert "<img" not in html
    about = data_of(html)["about"]
    assert about["criteria"][0]["name"] == NASTY
    assert about["question"] == NASTY


def test_the_page_holds_no_secret(open_room: Any) -> None:
    room = open_room(roster=["Mira", "Jonas"])
    invite = room.made["invites"][0]["invite"]
    who = room.join(invite=invite)
    html = page_of(room).text
    secrets = [room.made["facilitator_token"], room.made["recovery_key"], who["participant_token"]]
    for secret in [*secrets, *(one["invite"] for one in room.made["invites"])]:
        assert secret not in html
    for name in ("Mira", "Jonas"):  # who is invited is nobody's business
        assert name not in html


@pytest.mark.parametrize(("named", "told"), [(False, "without names"), (True, "with names")])
def test_what_is_shown_of_ballots_is_said_before_joining(
    open_room: Any, named: bool, told: str
) -> None:
    html = page_of(open_room(named=named)).text
    assert html.index(f"ballots are shown {told}") < html.index('id="join-now"')
    assert (re.search(r'<input id="name"[^>]*required', html) is not None) is named


def test_a_wrong_code_is_answered_with_a_page(client: TestClient) -> None:
    answer = client.get("/join/ZZZZZZ")
    assert answer.status_code == 404
    assert "There is no such room" in answer.text


# --- what it asks for -----------------------------------------------------------------------------


def test_the_state_can_be_asked_for_alone(room: Room) -> None:
    found = room.client.get(f"{room.at}?brief").json()
    assert found == {
        "phase": "lobby",
        "round": 0,
        "revealed": 0,
        "participants": 0,
        "ballots": 0,
        "timer": None,
        "open_until": None,
    }


def test_the_evidence_of_a_criterion_is_open_to_all(open_room: Any) -> None:
    room = open_room(decision="support-assistant")
    answer = room.client.get(f"{room.at}/evidence/attestations")
    assert answer.status_code == 200
    assert "max-age" in answer.headers["cache-control"]
    (leaf,) = answer.json()["leaves"]
    known = [row for row in leaf["rows"] if row["known"]]
    unknown = [row for row in leaf["rows"] if not row["known"]]
    assert known
    assert all(row["value"] == "unknown" for row in unknown)
    told = [fact for row in known for fact in row["facts"]]
    assert all(fact["name"] and fact["value"] for fact in told)
    links = [one["url"] for fact in told for one in fact.get("sources", []) if one["url"]]
    assert links
    assert all(url.startswith("https://") for url in links)
    assert any("dated" in fact.get("when", "") for fact in told)


def test_a_group_is_told_by_its_leaves_without_their_facts(open_room: Any) -> None:
    room = open_room(decision="support-assistant")
    found = room.client.get(f"{room.at}/evidence/security").json()
    assert len(found["leaves"]) > 3
    assert not any("facts" in row for leaf in found["leaves"] for row in leaf["rows"])
    assert room.client.get(f"{room.at}/evidence/nothing").status_code == 404


def test_ones_own_shares_come_with_the_reveal(room: Room) -> None:
    who, other = room.join(), room.join()
    room.go("voting")
    room.vote(who, {"money": 100, "quality": 50, "support": 50})
    room.vote(other, {"money": 0, "quality": 100, "support": None})
    headers = bearer(who["participant_token"])
    before = room.client.get(f"{room.at}/ballot", headers=headers).json()
    assert "shares" not in before
    assert "ranking" not in before
    room.go("revealed")
    after = room.client.get(f"{room.at}/ballot?round=1", headers=headers).json()
    assert after["shares"] == pytest.approx({"money": 0.5, "quality": 0.25, "support": 0.25})
    assert {row["alternative"] for row in after["ranking"]} == {"a", "b", "c"}
    theirs = room.client.get(f"{room.at}/ballot", headers=bearer(other["participant_token"])).json()
    assert theirs["shares"]["support"] is None


def test_a_projector_sends_nobody_where_only_the_invited_get_in(open_room: Any) -> None:
    for roster, told in (([], "Point your phone"), (["Ada"], "By invitation")):
        room: Room = open_room(roster=roster)
        text = room.client.get(f"/show/{room.code}").text
        assert [words for words in ("Point your phone", "By invitation") if words in text] == [told]


def test_the_first_phone_that_comes_is_noticed(room: Room, house: House) -> None:
    """The page Workshop asks to try one before the meeting, and stops once one has come."""
    assert not house.is_reached
    room.client.get(f"/join/{room.code}")  # on the computer that serves
    phone = TestClient(room.client.app, base_url="http://10.0.0.2:8501", client=("10.0.0.9", 1))
    assert phone.get("/join/ZZZZZZ").status_code == 404
    assert phone.get(room.at).status_code == 200  # no page
    assert not house.is_reached
    assert phone.get(f"/join/{room.code}").status_code == 200
    assert house.is_reached


def test_what_costs_is_told_in_the_currency_of_the_business(open_room: Any) -> None:
    given = json.dumps(decided(True, {"worst": 3000, "best": 0}), default=str)
    room = open_room(decision=json.loads(given))
    (row,) = room.client.get(f"{room.at}/evidence/price").json()["leaves"]
    assert row["step"] == "from 2,400 to 0 EUR per month"
    assert "1,600 EUR per month" in str(row["rows"])
    asked = str(data_of(page_of(room).text))
    assert "EUR" in asked
    assert "USD" not in asked
