"""What follows from the answers: every rule of the intake, each with its reason and its source.

A rule holds where every question that it names has one of the answers it lists; "" stands for no
answer, and `criteria` for the set that is proposed. docs/intake.md is written from these tables.
"""
