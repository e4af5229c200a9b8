"""A case on its way from intention to the centre: what is in hand during a visit, what is asked, what is missing. Pure."""
