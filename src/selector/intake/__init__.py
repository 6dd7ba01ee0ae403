"""The intake: a dozen plain questions that propose a whole decision, each part with its reason.

`questions` asks, `answers` checks what was answered, `proposing` follows the `rules`, and `writing`
makes a decision file of it. Nothing here ranks: what is proposed does not hang on who would lead.
"""
