"""Codes are typed from a screen, tokens are never guessed."""

import secrets

import pytest

from selector.workshop import tokens


def test_a_code_has_no_look_alikes_and_is_read_as_it_may_be_typed() -> None:
    codes = {tokens.new_code() for _ in range(2000)}
    assert len(codes) > 1990  # of 729 million
    assert set("".join(codes)) == set(tokens.ALPHABET)
    assert not set("".join(codes)) & set("01ILOU")
    code = codes.pop()
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
        assert tokens.code_of(typed) == code


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFG", "ABCDE0", "ABCDEÄ", "../../", "ABCDE\n"])
def test_what_is_no_code_is_not_looked_up(typed: str) -> None:
    assert tokens.code_of(typed) == ""


def test_a_token_has_192_bits_and_only_its_digest_is_kept() -> None:
    found = {tokens.new_token() for _ in range(1000)}
    assert len(found) == 1000
    assert all(tokens.is_token(token) and len(token) * 6 >= 192 for token in found)
    token = found.pop()
    assert token not in tokens.digest(token)
    assert tokens.is_same(tokens.digest(token), tokens.digest(token))
    assert not tokens.is_same(tokens.digest(token), tokens.digest(found.pop()))


def test_a_device_has_another_token_in_each_room_and_for_nobody_elses_secret() -> None:
    device, other = secrets.token_hex(16), secrets.token_hex(16)
    made = tokens.token_of_device(device, "ABCDEF")
    assert made == tokens.token_of_device(device, "ABCDEF")
    assert tokens.is_token(made)
    assert device not in made
    others = {tokens.token_of_device(device, "ABCDEG"), tokens.token_of_device(other, "ABCDEF")}
    assert made not in others
    assert len(others) == 2
