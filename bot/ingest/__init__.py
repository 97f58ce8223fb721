"""From the bytes of a report to facts, with a ledger of every numeral."""
