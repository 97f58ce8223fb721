"""Understanding Chinese: numbers, names, measures, questions. Knows no fact and no bot."""
