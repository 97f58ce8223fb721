"""Scripted dialogues: a tester's YAML file is a channel, too.

`load` reads the files, `play` plays them through whatever answers, `judge` compares, `results`
holds what came out. Who answers is handed in; nothing here knows the engine.
"""
