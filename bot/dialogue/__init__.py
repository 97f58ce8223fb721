"""One turn: a message, the knowledge and the session give a reply and a trace."""
